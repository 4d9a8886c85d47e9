// rasp-copy: the button that copies a field's text. It is hidden in the page and shown here, because without a script
// it could do nothing.
export const copyButtons = () => {
  if (!navigator.clipboard) return
  for (const block of document.querySelectorAll('.rasp-copy')) {
    const field = block.querySelector('input')
    const button = block.querySelector('button')
    const said = block.querySelector('.rasp-copy__said')
    if (!field || !button || !said) continue
    button.hidden = false
    field.addEventListener('focus', () => field.select())
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(field.value)
        said.textContent = 'Copied'
      } catch {
        field.focus()
        said.textContent = 'Your browser did not allow it: press Ctrl and C, or Command and C'
      }
    })
  }
}
