using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Tests.Accounts;

namespace Rasp.Tests.Pages;

/// <summary>All the doors that the application has: none opens unnoticed.</summary>
public sealed class EndpointTests
{
    [Fact]
    public async Task Every_endpoint_is_approved_with_its_methods_its_limit_and_who_comes_in()
    {
        await using var host = await RaspHost.StartAsync();
        var endpoints = new List<string>();
        foreach (var (door, endpoint) in (await Doors.OfAsync(host)).SelectMany(d => d.Endpoints, (d, e) => (d, e)))
        {
            var limit = endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;
            var who = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? []
                : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => $", for {(string.IsNullOrEmpty(a.Policy) ? "whoever is signed in" : a.Policy)}");
            endpoints.Add($"{door.Pattern} {string.Join(' ', await MethodsAsync(host, endpoint))}{(limit is null ? "" : $", limit {limit}")}{string.Concat(who)}");
        }
        Approved.Check("endpoints.txt", string.Concat(endpoints.Distinct().Order(StringComparer.Ordinal).Select(e => e + "\n")));
    }

    [Fact]
    public async Task No_page_takes_a_form_without_its_token_and_none_changes_anything()
    {
        const int Many = 1000;
        await using var host = await RaspHost.StartAsync(with: s => s with { Limits = new() { StartsAnHour = Many, MailsAnHour = Many, InvitationsAnHour = Many, SignInMailsAnHour = Many, SignInTriesAMinute = Many, LinksTriedAMinute = Many } });
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        await visitor.AnswerAsync(assessment, host.Instrument.InScope("deliver").First(), ("Answer", "3"));
        await visitor.AdministrateAsync(host);
        var programme = await visitor.SubmitAsync(await visitor.GetAsync(Links.NewProgramme), "Start the programme", ("OrganisationsName", "Aldermere"), ("Form.Name", "A programme"), ("Form.What", "A service"), ("Form.Stage", "explore"));
        await visitor.SubmitAsync(await visitor.GetAsync(programme.Path + "/round"), "Open the round");
        var sent = await visitor.SubmitAsync(await visitor.GetAsync(programme.Path + "/invite"), "Invite", ("Organisation", "Brookfield"), ("Email", "brook@example.gov.uk"));
        var invitation = new Uri(sent.Document.QuerySelector("#link")!.GetAttribute("value")!).Segments[^1];
        var (organisation, part) = ((await visitor.GetAsync(Links.Account)).Link("Aldermere").Split('/')[^1], (await visitor.GetAsync(programme.Path)).Link("Begin to answer").Split('/')[^1]);
        var workshop = await visitor.SubmitAsync(await visitor.GetAsync(Links.AssessmentWorkshop(part)), "Open a workshop");
        (string, string[])[] real =
        [
            ("/workshops/{reference}", [workshop.Path.Split('/')[^1]]),
            ("/programmes/{reference}", [programme.Path.Split('/')[^1]]), ("/organisations/{reference}", [organisation]), ("/sent-invitations/{reference}", [sent.Path.Split('/')[^1]]),
            ("/invitations/{secret}", [invitation]), ("/partners/{organisation}", [organisation]), ("/assessments/{reference}", [assessment.Reference, part]), .. Places(host, assessment),
        ];
        var before = await host.DumpAsync();

        foreach (var door in (await Doors.OfAsync(host)).Where(d => d.Endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null))
        {
            foreach (var address in door.Paths(real).SelectMany(p => door.Handlers.Append(null).Distinct().Select(h => Door.Address(p, h))))
            {
                var page = await visitor.PostAsync(address, ("Answer", "1"), ("IsSure", "true"), ("Secret", assessment.Secret), ("Email", "somebody@example.gov.uk"), ("Details.Stage", "run"), ("Details.Role", "legal"));
                // What is not there for this visitor, such as a facilitator, is not there with a token either.
                Assert.True(page.Status is 400 or 404 or 405, $"POST {address} answers {page.Status}");
            }
        }
        Assert.Equal(before, await host.DumpAsync());
        Assert.Equal(200, (await visitor.GetAsync(assessment.Overview)).Status);
    }

    [Theory, InlineData("PUT"), InlineData("DELETE"), InlineData("PATCH"), InlineData("TRACE"), InlineData("OPTIONS")]
    public async Task Other_methods_do_nothing(string method)
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        await visitor.AdministrateAsync(host);
        var before = await host.DumpAsync();
        foreach (var path in (await Doors.OfAsync(host)).SelectMany(d => d.Paths([("/assessments/{reference}", [assessment.Reference]), .. Places(host, assessment)])))
        {
            using var request = new HttpRequestMessage(new(method), path);
            using var response = await visitor.SendAsync(request);
            var isRefused = (int)response.StatusCode is 400 or 401 or 405 || (await response.Content.ReadAsByteArrayAsync()).Length == 0;
            Assert.True(isRefused, $"{method} {request.RequestUri} answers {(int)response.StatusCode}");
        }
        Assert.Equal(before, await host.DumpAsync());
    }

    /// <summary>What stands in the places of addresses, where it is nothing of a programme's.</summary>
    private static (string Place, string[] Values)[] Places(RaspHost host, Started assessment) =>
    [
        ("{areaKey}/{theme}/{key}", [host.Instrument.InScope("deliver").First().Key.Replace('.', '/')]), ("/administration/accounts/{reference}", [Person(host)]), ("{secret:length(32)}", [assessment.Secret]),
        ("{code?}", ["BCDFGH"]), ("{secret?}", [assessment.Secret]), ("{secret}", [assessment.Secret]), ("{code:int}", ["404"]), ("{person}", [Person(host)]), ("{respondent}", [assessment.Reference]), ("{organisation}", [assessment.Reference]), ("{partner}", [assessment.Reference]), ("{bundle}", [assessment.Reference]), ("{number:int}", ["1"]), ("{stage}", ["explore"]), ("{upload}", [assessment.Reference]), ("{item}", [assessment.Reference]),
        ("{reference}", [assessment.Reference]), ("{programme}", [assessment.Reference]), ("{round}", [assessment.Reference]), ("{assessment}", [assessment.Reference]), ("{action}", [assessment.Reference]),
        ("{question}", [host.Instrument.InScope("deliver").First().Key]), ("{instrument}/{version}", [$"{host.Instrument.Id}/{host.Instrument.Version}"]),
    ];

    private static string Person(RaspHost host)
    {
        using var scope = host.Services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<Rasp.Data.RaspDb>().Users.Select(p => p.Id).First().ToString("N");
    }

    private static async Task<IEnumerable<string>> MethodsAsync(RaspHost host, RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page) return endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any"];
        var compiled = await host.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
        return compiled.HandlerMethods.Select(h => h.HttpMethod.ToUpperInvariant() + (h.Name is null ? "" : $"({h.Name})")).Append("GET").Distinct().Order(StringComparer.Ordinal);
    }
}
