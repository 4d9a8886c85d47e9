using Microsoft.Playwright;

namespace Rasp.Tests.Browsing;

/// <summary>What somebody works pages with.</summary>
public enum By
{
    Mouse,
    Keyboard,
    MouseWithoutJavaScript,
}

/// <summary>How somebody works a page.</summary>
public abstract class Hands(IPage page)
{
    protected IPage Page { get; } = page;

    public static Hands Of(IPage page, By way) => way == By.Keyboard ? new Keyboard(page) : new Mouse(page);

    /// <summary>A link or a button.</summary>
    public abstract Task PressAsync(ILocator control);

    /// <summary>A radio button or a checkbox.</summary>
    public abstract Task ChooseAsync(ILocator choice);

    public abstract Task TypeAsync(ILocator field, string text);

    /// <summary>An option of a list.</summary>
    public abstract Task SelectAsync(ILocator list, string option);

    public Task PressLinkAsync(string words) => PressAsync(Page.GetByRole(AriaRole.Link, new() { Name = words, Exact = true }));

    public Task PressButtonAsync(string words) => PressAsync(Page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }));

    /// <summary>
    /// Presses what leads to another page, and comes back when that has loaded. It asks the page itself: Playwright’s own waiting for a
    /// load can miss it on a busy machine, and then waits in vain.
    /// </summary>
    public async Task FollowAsync(ILocator control)
    {
        await Page.EvaluateAsync("document.documentElement.dataset.left = ''");
        await PressAsync(control);
        await Assertions.Expect(Page.Locator("html[data-left]")).ToHaveCountAsync(0);
        await Until.TrueAsync(async () => await Page.EvaluateAsync<string>("document.readyState") == "complete");
    }

    public Task FollowLinkAsync(string words) => FollowAsync(Page.GetByRole(AriaRole.Link, new() { Name = words, Exact = true }));

    public Task FollowButtonAsync(string words) => FollowAsync(Page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }));
}

/// <summary>With a mouse, and a keyboard for text.</summary>
public sealed class Mouse(IPage page) : Hands(page)
{
    public override Task PressAsync(ILocator control) => control.ClickAsync();

    public override Task ChooseAsync(ILocator choice) => choice.CheckAsync();

    public override async Task TypeAsync(ILocator field, string text)
    {
        await field.ClickAsync();
        await field.FillAsync(text);
    }

    public override Task SelectAsync(ILocator list, string option) => list.SelectOptionAsync(new SelectOptionValue { Label = option });
}

/// <summary>
/// With a keyboard alone. Each step to the next control checks that the focus can be seen, is covered by nothing (WCAG 2.2, 2.4.7 and
/// 2.4.11), and goes on in the order in which the page is read (2.4.3).
/// </summary>
public sealed class Keyboard(IPage page) : Hands(page)
{
    /// <summary>More controls than any page has.</summary>
    private const int Most = 500;

    public override async Task PressAsync(ILocator control)
    {
        await GoToAsync(control);
        await Page.Keyboard.PressAsync("Enter");
    }

    public override async Task ChooseAsync(ILocator choice)
    {
        await GoToAsync(choice);
        // Arrows go from one radio button of a group to the next.
        for (var i = 0; i < 20 && !await HasFocusAsync(choice); i++) await Page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await HasFocusAsync(choice), $"Arrows do not lead to {choice}.");
        if (!await choice.IsCheckedAsync()) await Page.Keyboard.PressAsync("Space");
        Assert.True(await choice.IsCheckedAsync());
    }

    public override async Task TypeAsync(ILocator field, string text)
    {
        await GoToAsync(field);
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync(text);
    }

    public override async Task SelectAsync(ILocator list, string option)
    {
        await GoToAsync(list);
        await Page.Keyboard.TypeAsync(option);
        Assert.Equal(option, await list.EvaluateAsync<string>("list => list.selectedOptions[0].text"));
    }

    /// <summary>Tab, or Shift and Tab where it lies behind, until a control has the focus; in a group of radio buttons, until one of them has.</summary>
    public async Task GoToAsync(ILocator control)
    {
        await Assertions.Expect(control).ToBeVisibleAsync();
        var target = await control.ElementHandleAsync();
        var first = await StepAsync(target, null);
        if (first.IsThere) return;
        var key = first.IsBehind ? "Shift+Tab" : "Tab";
        for (var i = 0; i < Most; i++)
        {
            await Page.Keyboard.PressAsync(key);
            var step = await StepAsync(target, key);
            Assert.True(step.Fault is null, $"{key} on {Page.Url}: {step.At} {step.Fault}.");
            if (step.IsThere) return;
            Assert.True(step.At.Length > 0, $"{key} on {Page.Url} leads out of the page before it comes to {control}.");
        }
        Assert.Fail($"{key} on {Page.Url} never comes to {control}.");
    }

    private static async Task<bool> HasFocusAsync(ILocator control) => await control.EvaluateAsync<bool>("control => control === document.activeElement");

    private async Task<Step> StepAsync(IElementHandle target, string? key) => await Page.EvaluateAsync<Step>(
        """
        ([target, key]) => {
          const at = document.activeElement
          const isBody = !at || at === document.body || at === document.documentElement
          const isRadio = !isBody && at.type === 'radio' && target.type === 'radio'
          const sameGroup = isRadio && at.name === target.name && at.form === target.form
          const precedes = (one, other) => !!(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)
          const step = { at: '', isThere: at === target || sameGroup, isBehind: !isBody && precedes(target, at) }
          const before = window.raspFocusBefore
          window.raspFocusBefore = isBody ? null : at
          if (isBody) return step
          step.at = `<${at.tagName.toLowerCase()}> “${(at.innerText || at.labels?.[0]?.innerText || at.id).trim().slice(0, 60)}”`
          if (!key) return step

          const boxOf = element => {
            const box = element.getClientRects()[0] ?? element.getBoundingClientRect()
            return { left: box.left, right: box.right, top: box.top, bottom: box.bottom, width: box.width, height: box.height }
          }
          const box = boxOf(at)
          if (box.width < 2 || box.height < 2) step.fault = 'has the focus and no size'
          else if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) step.fault = 'has the focus out of sight'
          else {
            const within = (value, end) => Math.min(end - 1, Math.max(0, value))
            const top = document.elementFromPoint(within((box.left + box.right) / 2, innerWidth), within((box.top + box.bottom) / 2, innerHeight))
            const isFree = top && (at.contains(top) || top.contains(at) || at.labels?.[0]?.contains(top))
            if (!isFree) step.fault = `has the focus and is covered by <${top?.tagName} class="${top?.className}">`
          }
          const isSeen = style => parseFloat(style.outlineWidth) >= 2 && !/^rgba\(.*, 0\)$/.test(style.outlineColor)
          const isMarked = style => (style.outlineStyle !== 'none' && isSeen(style)) || style.boxShadow !== 'none'
          const marks = [getComputedStyle(at)]
          if (at.type === 'radio' || at.type === 'checkbox') marks.push(getComputedStyle(at.labels[0], '::before'))
          if (!marks.some(isMarked)) step.fault = 'has the focus, and nothing shows it'

          if (before?.isConnected) {
            const [first, second] = key === 'Tab' ? [before, at] : [at, before]
            const [one, two] = [boxOf(first), boxOf(second)]
            const isAmongRadios = at.type === 'radio' && before.type === 'radio'
            if (!precedes(first, second) && !isAmongRadios) step.fault = 'has the focus out of order'
            else if (two.bottom <= one.top && two.left <= one.left) step.fault = 'has the focus, above and left of what comes before'
          }
          return step
        }
        """,
        new object?[] { target, key });

    private sealed record Step
    {
        public string At { get; init; } = "";

        public bool IsThere { get; init; }

        public bool IsBehind { get; init; }

        public string? Fault { get; init; }
    }
}
