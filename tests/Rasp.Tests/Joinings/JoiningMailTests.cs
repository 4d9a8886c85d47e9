using Microsoft.Extensions.DependencyInjection;
using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Mails;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Joinings;

/// <summary>Who is told what by mail, each thing once.</summary>
public sealed class JoiningMailTests
{
    [Theory, Engines]
    public async Task Each_side_is_told_when_to_answer_to_choose_what_opened_and_how_it_ended(Engine engine)
    {
        // Without a mail server nothing is written but what this test has written.
        await using var host = await RaspHost.StartAsync(engine);
        var members = await Consortium.RevealedAsync(host, ("Powys", Depth.Everything), ("Torfaen", Depth.Everything));
        await WriteAsync();
        var dyfed = await Candidacy.BeginAsync(members, "Dyfed");
        Assert.Equal(["JoiningOpened dyfed", "JoiningToChoose powys", "JoiningToChoose torfaen"], await WriteAsync());
        Assert.Empty(await WriteAsync());
        await dyfed.ChooseAsync(members[0], Depth.Areas);
        host.Clock.Advance(TimeSpan.FromDays(22));
        Assert.Equal(["JoiningCloses dyfed"], await WriteAsync());
        await dyfed.AnswerAsync(2, most: 3);
        await dyfed.SealAsync(Depth.Areas);
        await dyfed.ChooseAsync(members[1], Depth.Areas);
        Assert.Equal(["JoiningRevealed dyfed", "JoiningRevealed powys", "JoiningRevealed torfaen"], await WriteAsync());
        host.Clock.Advance(TimeSpan.FromDays(60));
        await dyfed.EndAsync(members[0].Lead, JoiningEnd.NotNow);
        Assert.Equal(["JoiningEnded dyfed", "JoiningEnded powys", "JoiningEnded torfaen"], await WriteAsync());
        Assert.Empty(await WriteAsync());

        async Task<List<string>> WriteAsync()
        {
            var told = new List<string>();
            await host.Services.GetRequiredService<Notices>().WriteDueAsync(
                n =>
                {
                    told.Add($"{n.Kind} {n.Email.Split('@', '.')[1]}");
                    return host.Services.GetRequiredService<LetterBox>().Of(n);
                },
                default);
            return [.. told.Order(StringComparer.Ordinal)];
        }
    }
}
