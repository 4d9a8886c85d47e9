// rasp-map: says which question the tile under the pointer, or with the focus, stands for, in one line below the map.
// The same words are inside each tile for screen readers, so the line is hidden from them. Escape puts it away.
const hint = 'Point at a tile to read its question. Choose it to open the question.'

export const mapReading = () => {
  for (const map of document.querySelectorAll('.rasp-map')) {
    if (!map.querySelector('a.rasp-tile')) continue
    const line = document.createElement('p')
    line.className = 'rasp-map__reading'
    line.setAttribute('aria-hidden', 'true')
    line.textContent = hint
    map.append(line)

    const say = words => {
      line.textContent = words ?? hint
      line.classList.toggle('rasp-map__reading--active', words !== undefined)
    }
    const read = event => {
      const words = event.target.closest?.('.rasp-tile')?.querySelector('.govuk-visually-hidden')
      if (words) say(words.textContent.trim())
    }
    map.addEventListener('mouseover', read)
    map.addEventListener('focusin', read)
    map.addEventListener('mouseleave', () => { if (!map.contains(document.activeElement)) say() })
    map.addEventListener('focusout', event => { if (!map.contains(event.relatedTarget)) say() })
    document.addEventListener('keydown', event => { if (event.key === 'Escape') say() })
  }
}
