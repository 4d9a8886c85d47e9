// A part of a page that waits for something (#look): it is fetched again until it says that there is nothing to wait for. Without a script the
// page comes again by itself, and a link looks again.
const PAUSE = 2000
const LONGEST_PAUSE = 30000

export const look = () => {
  const part = document.getElementById('look')
  if (part?.dataset.look) again(part, PAUSE)
}

const again = async (part, pause) => {
  await new Promise(resolve => setTimeout(resolve, pause))
  try {
    const response = await fetch(location.pathname, { headers: { Accept: 'text/html' } })
    if (response.status >= 500 || response.status === 429) throw new Error(response.statusText)
    const page = response.ok && !response.redirected ? new DOMParser().parseFromString(await response.text(), 'text/html') : null
    const next = page?.getElementById('look')
    if (!next) { location.reload(); return }
    if (next.textContent !== part.textContent) {
      const hadFocus = part.contains(document.activeElement)
      part.replaceWith(next)
      document.title = page.title
      document.getElementById('look-said').textContent = next.querySelector('h1').textContent
      if (hadFocus) next.querySelector('a')?.focus()
      part = next
    }
    if (part.dataset.look) again(part, PAUSE)
  } catch {
    again(part, Math.min(LONGEST_PAUSE, pause * 2))
  }
}
