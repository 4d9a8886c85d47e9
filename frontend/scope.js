// Beside themes to tick: how many questions they come to, and how long those take. Without this the page says what was ticked at first.
export const scopes = () => {
  for (const scope of document.querySelectorAll('[data-scope]')) {
    const count = scope.querySelector('[data-scope-count]')
    const boxes = [...scope.querySelectorAll('[data-questions]')]
    const minutesEach = Number(scope.dataset.minutes)

    const inWords = minutes => {
      if (minutes < 60) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
      const halves = Math.round(minutes / 30)
      return halves === 2 ? '1 hour' : halves % 2 === 0 ? `${halves / 2} hours` : `${(halves - 1) / 2}½ hours`
    }

    const say = () => {
      const questions = boxes.filter(box => box.checked).reduce((sum, box) => sum + Number(box.dataset.questions), 0)
      count.textContent = `${questions} ${questions === 1 ? 'question' : 'questions'}, about ${inWords(questions * minutesEach)}.`
    }

    const some = scope.querySelector('[data-scope-some]')
    for (const box of boxes) {
      box.addEventListener('change', () => {
        // Whoever ticks means what is ticked.
        some.checked = true
        say()
      })
    }
    say()
  }
}
