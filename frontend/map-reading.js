// rasp-map: says which question the tile under the pointer, or with the focus, stands for, in one line below the map.
// The same words are inside each tile for screen readers, so the line is hidden from them.
export const mapReading = () => {
  for (const map of document.querySelectorAll('.rasp-map')) {
    const line = document.createElement('p')
    line.className = 'rasp-map__reading'
    line.setAttribute('aria-hidden', 'true')
    line.hidden = true
    map.append(line)

    const read = event => {
      const tile = event.target.closest?.('.rasp-tile')
      const words = tile?.querySelector('.govuk-visually-hidden')
      if (!words) return
      line.textContent = words.textContent
      line.hidden = false
    }
    map.addEventListener('mouseover', read)
    map.addEventListener('focusin', read)
    document.addEventListener('keydown', event => { if (event.key === 'Escape') line.hidden = true })
  }
}
