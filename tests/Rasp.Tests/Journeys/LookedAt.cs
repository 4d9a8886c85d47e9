using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Rasp.Tests.Browsing;

/// <summary>What can be seen to be wrong with a page as it stands in the window.</summary>
internal static class LookedAt
{
    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    private static readonly int[] Widths = [1280, 320];

    /// <summary>Looks at a page wide and narrow; the window is then as it was.</summary>
    public static async Task AssertSoundAsync(IPage page)
    {
        var before = page.ViewportSize!;
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            var faults = await FaultsAsync(page);
            Assert.True(faults.Count == 0, $"{page.Url} at {width}: {string.Join(Environment.NewLine, faults)}");
        }
        await page.SetViewportSizeAsync(before.Width, before.Height);
    }

    /// <summary>All of the below.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        await AssertStyledAsync(page);
        return [.. await AxeFaultsAsync(page), .. await SidewaysAsync(page), .. await SmallTargetsAsync(page), .. await CutTextAsync(page)];
    }

    /// <summary>A page without its styles and scripts has hardly any faults, and proves nothing.</summary>
    public static async Task AssertStyledAsync(IPage page)
    {
        await page.EvaluateAsync("document.fonts.ready");
        var isStyled = await page.EvaluateAsync<bool>(
            """
            document.styleSheets[0].cssRules.length > 100
              && document.fonts.check('19px "Atkinson Hyperlegible Next"')
              && getComputedStyle(document.querySelector('h1')).fontFamily.includes('Atkinson')
            """);
        Assert.True(isStyled, $"{page.Url} has come without its styles.");
        var hasScript = await page.EvaluateAsync<bool>("document.body.classList.contains('govuk-frontend-supported')");
        Assert.True(hasScript, $"{page.Url} has come without its scripts.");
    }

    /// <summary>What axe finds against WCAG 2.0 to 2.2, levels A and AA.</summary>
    public static async Task<IEnumerable<string>> AxeFaultsAsync(IPage page)
    {
        // Straight to axe: the package's own way opens a second page for frames, which Rasp has none of, and takes twice as long.
        await page.EvaluateAsync(Axe.Value);
        var found = await page.EvaluateAsync<AxeFindings>(
            """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
              const result = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
              return {
                applied: [...result.passes, ...result.violations, ...result.incomplete].map(rule => rule.id),
                faults: result.violations.flatMap(rule => rule.nodes.map(node => `axe, ${rule.id}: ${rule.help}: ${node.html}`))
              }
            }
            """);
        Assert.True(found.Applied.Length > 10, $"axe looked at next to nothing of {page.Url}.");
        // Off by default in axe: the tag must have brought it in, where there is anything to press.
        if (await page.Locator("a[href], button, input, summary").Filter(new() { Visible = true }).CountAsync() > 0) Assert.Contains("target-size", found.Applied);
        return found.Faults;
    }

    /// <summary>Nothing may have to be scrolled to sideways (WCAG 1.4.10).</summary>
    public static async Task<IEnumerable<string>> SidewaysAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => {
          const width = document.documentElement.scrollWidth
          if (width <= innerWidth) return []
          const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
          const shown = wide.slice(-3).map(e => e.outerHTML.slice(0, 150)).join(' … ') || 'a text that sticks out of its box'
          return [`The page is ${width} px wide in a window of ${innerWidth}: ${shown}`]
        }
        """);

    /// <summary>Every control is at least 24 by 24 pixels, links in text excepted (WCAG 2.5.8); a radio button or checkbox goes with its label.</summary>
    public static async Task<IEnumerable<string>> SmallTargetsAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].flatMap(control => {
          const style = getComputedStyle(control)
          const box = control.getBoundingClientRect()
          if (style.visibility === 'hidden' || box.width === 0 || control.matches('.govuk-skip-link:not(:focus)')) return []
          if (control.tagName === 'A' && style.display === 'inline') return []
          return box.width >= 24 && box.height >= 24 ? [] : [`A target of ${box.width.toFixed(1)} × ${box.height.toFixed(1)} px: ${control.outerHTML.slice(0, 200)}`]
        })
        """);

    /// <summary>Text that its box cuts off, or that sticks out of a picture.</summary>
    public static async Task<IEnumerable<string>> CutTextAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => {
          // For screen readers alone: in one pixel.
          const isHidden = element => {
            for (let e = element; e; e = e.parentElement) {
              const box = e.getBoundingClientRect()
              if (box.width < 2 && box.height < 2 && getComputedStyle(e).position === 'absolute') return true
            }
            return false
          }
          const cut = [...document.querySelectorAll('body *')].filter(element => {
            if (element instanceof SVGElement || element.matches('input, textarea, select, option, progress')) return false
            const style = getComputedStyle(element)
            const cutsX = style.overflowX === 'hidden' || style.overflowX === 'clip'
            const cutsY = style.overflowY === 'hidden' || style.overflowY === 'clip'
            return ((cutsX && element.scrollWidth > element.clientWidth + 1) || (cutsY && element.scrollHeight > element.clientHeight + 1)) && !isHidden(element)
          })
          // A line is a little taller than the letters in it, and the picture lets it out.
          const heldByItsLine = 4
          const out = [...document.querySelectorAll('svg text')].flatMap(text => {
            const [box, picture] = [text.getBoundingClientRect(), text.closest('svg').getBoundingClientRect()]
            const by = Math.max(picture.left - box.left, box.right - picture.right, picture.top - box.top, box.bottom - picture.bottom)
            return box.width > 0 && by > heldByItsLine ? [`Out of its picture by ${by.toFixed(1)} px: “${text.textContent}”`] : []
          })
          return [...cut.map(e => `Cut off: ${e.outerHTML.slice(0, 200)}`), ...out]
        }
        """);

    /// <summary>Every piece of text that somebody sees within an element, of the page or of its pictures.</summary>
    public static async Task<string[]> VisibleTextAsync(ILocator within) => await within.EvaluateAsync<string[]>(
        """
        within => {
          const seen = []
          const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT)
          const range = document.createRange()
          while (walker.nextNode()) {
            const text = walker.currentNode
            const words = text.data.replace(/\s+/g, ' ').trim()
            if (!words || !text.parentElement.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
            range.selectNodeContents(text)
            if ([...range.getClientRects()].some(box => box.width > 1 && box.height > 1)) seen.push(words)
          }
          return seen
        }
        """);

    private sealed record AxeFindings
    {
        /// <summary>The rules that had something to look at.</summary>
        public string[] Applied { get; init; } = [];

        public string[] Faults { get; init; } = [];
    }
}
