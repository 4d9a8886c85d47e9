using System.IO.Compression;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.ResponseCompression;
using Rasp.Accounts;
using Rasp.Api;
using Rasp.Assessments;
using Rasp.Comparisons;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Agreements;
using Rasp.Data.Exchanges;
using Rasp.Data.Joinings;
using Rasp.Data.Pdfs;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Data.Rounds;
using Rasp.Data.Signing;
using Rasp.Data.Teams;
using Rasp.Data.Tokens;
using Rasp.Data.Trails;
using Rasp.Data.Uploads;
using Rasp.Data.Workshops;
using Rasp.Exchanges;
using Rasp.Forms;
using Rasp.Joinings;
using Rasp.Mails;
using Rasp.Organisations;
using Rasp.Pdfs;
using Rasp.Plans;
using Rasp.Reports;
using Rasp.Rounds;
using Rasp.Seals;
using Rasp.Signing;
using Rasp.Trends;
using Rasp.Workbooks;
using Rasp.Workshops;

namespace Rasp;

/// <summary>The web application put together: the same for serving, for tests and for benchmarks.</summary>
public static class Site
{
    /// <summary>No form of ours comes near this, but for those that hold a file.</summary>
    private const long LargestRequest = 256 * 1024;

    /// <summary>Builds the application, its database up to date and its instrument stored.</summary>
    /// <param name="settings">What the host has set.</param>
    /// <param name="adjust">Where to listen; in tests, the clock too.</param>
    public static async Task<WebApplication> CreateAsync(Settings settings, Action<WebApplicationBuilder>? adjust = null)
    {
        // Beside the program, not in the working folder: only data belongs there.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(Site).Assembly.GetName().Name });
        // Without this, assets of a build that was not published have no content. Harmless where it was.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
        });
        builder.Logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            // These warn at every start, or every form, of what is meant: keys stand in the database, and pages with forms are not cached.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            // Warns of those parts of Identity that we leave out.
            .AddFilter("Microsoft.EntityFrameworkCore.Model", LogLevel.Error)
            // It logs each request's beginning and end, and makes an activity and a scope for that whether anybody reads them or not.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        AddServices(builder.Services, settings);
        adjust?.Invoke(builder);
        var site = builder.Build();
        await site.Services.GetRequiredService<Database>().MigrateAsync();
        await site.Services.GetRequiredService<InstrumentLibrary>().AdoptAsync(Instruments.BuiltInFiles());
        // Made now, so that when it was made tells nothing of what is done here.
        (await site.Services.GetRequiredService<SigningKeys>().OpenAsync()).Dispose();
        Use(site, settings);
        return site;
    }

    private static void AddServices(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        settings.OpenDatabase().AddTo(services);
        services.AddDataProtection().SetApplicationName("rasp").PersistKeysToDbContext<RaspDb>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<ReportSigner>();
        services.AddSingleton<PdfDesk>();
        services.AddScoped<PdfDoor>();
        services.AddHostedService<PdfPrinter>();
        services.AddSingleton<InstrumentLibrary>();
        services.AddSingleton<Seen>();
        services.AddSingleton<Answering>();
        services.AddHostedService(s => s.GetRequiredService<Answering>());
        services.AddHostedService<Expired>();
        services.AddScoped<AssessmentDesk>();
        services.AddSingleton<Trail>();
        services.AddSingleton<ReadTrail>();
        services.AddScoped<OrganisationTrail>();
        services.AddScoped<Agreeing>();
        services.AddScoped<UploadDesk>();
        services.AddScoped<AgreementLens>();
        services.AddScoped<Openings>();
        services.AddScoped<TeamBoard>();
        services.AddScoped<TeamDesk>();
        services.AddScoped<OrganisationDesk>();
        services.AddScoped<CarryForward>();
        services.AddScoped<ProgrammeDesk>();
        services.AddScoped<JoiningDesk>();
        services.AddScoped<JoiningLens>();
        services.AddScoped<FitDoor>();
        services.AddSingleton(s => new FittedExamples(s.GetRequiredService<WorkedExample>()));
        services.AddScoped<InvitationDesk>();
        services.AddScoped<Sealing>();
        services.AddScoped<OrganisationFile>();
        services.AddSingleton<KeyProtection>();
        services.AddScoped<ExchangeBoard>();
        services.AddScoped<ExchangeDesk>();
        services.AddScoped<Intake>();
        services.AddScoped<RoundLens>();
        services.AddScoped<PlanDesk>();
        services.AddScoped<PlanLens>();
        services.AddScoped<PlanDoor>();
        services.AddSingleton<PlanReminders>();
        services.AddSingleton<WorkshopNews>();
        services.AddHostedService(s => s.GetRequiredService<WorkshopNews>());
        services.AddSingleton<WorkshopLens>();
        services.AddScoped<WorkshopDesk>();
        services.AddScoped<Voting>();
        services.AddSingleton<SeatCookie>();
        services.AddScoped<ProgrammeBoard>();
        services.AddSingleton<Notices>();
        services.AddSingleton<NoticeWriter>();
        services.AddHostedService(s => s.GetRequiredService<NoticeWriter>());
        services.AddHostedService<HealthChecks>();
        services.AddSingleton<WorkedExample>();
        services.AddSingleton<AssessmentDoor>();
        services.AddSingleton(s => new ComparedExamples(ComparedExamples.Of(s.GetRequiredService<WorkedExample>())));
        services.AddScoped<ComparisonDoor>();
        services.AddScoped<TrendDoor>();
        services.AddScoped<ReportDoor>();
        services.AddSingleton<Post>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<LetterBox>();
        services.AddHostedService<OutboxSender>();
        AddAccounts(services, settings);

        var secure = settings.Url.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "rasp-form";
            o.Cookie.SecurePolicy = secure;
            o.SuppressXFrameOptionsHeader = true; // Headers says it.
        });
        services.Decorate<IAntiforgery, RememberedAntiforgery>();
        services.Configure<CookieTempDataProviderOptions>(o =>
        {
            o.Cookie.Name = "rasp-once";
            o.Cookie.SecurePolicy = secure;
        });
        services.AddSingleton(HtmlText.Encoder);
        services.AddRazorPages(o => o.Conventions
                .AuthorizeFolder("/Account").AuthorizeFolder("/Agreements").AuthorizeFolder("/Exchanges").AuthorizeFolder("/Joinings").AuthorizeFolder("/Organisations").AuthorizeFolder("/Programmes").AuthorizeFolder("/Rounds").AuthorizeFolder("/SentInvitations").AuthorizeFolder("/Teams").AuthorizeFolder("/Administration", SessionHandler.AdministratorRole)
                .AddPlanRoutes().AddReportRoutes().AddPdfRoutes().AddPageRoute("/Api/Index", Links.ApiReference).ConfigureFilter(new IgnoreAntiforgeryTokenAttribute()))
            .AddMvcOptions(o => o.Filters.Add<FormFilter>());
        services.AddRouting(o => o.LowercaseUrls = true);
        services.AddResponseCompression(o =>
        {
            // Safe over HTTPS here: no page echoes what another site could have the browser send, whose cookies are SameSite.
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.AddRateLimiter(o => RateLimits.Configure(o, settings.Limits));
    }

    private static void AddAccounts(IServiceCollection services, Settings settings)
    {
        services.AddIdentityCore<Person>(o =>
        {
            o.User.RequireUniqueEmail = true;
            // Whatever is an e-mail address.
            o.User.AllowedUserNameCharacters = "";
        }).AddEntityFrameworkStores<RaspDb>();
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            o.ServerDomain = settings.Url.Host;
            o.UserVerificationRequirement = "required";
            o.ResidentKeyRequirement = "required";
            o.ValidateOrigin = context => new(!context.CrossOrigin && context.Origin == settings.Url.GetLeftPart(UriPartial.Authority));
        });
        services.AddSingleton<Sessions>();
        services.AddSingleton<Bearers>();
        services.AddScoped<TokenDesk>();
        services.AddScoped<FlatTable>();
        // Whole numbers are numbers: in our own readers too.
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict);
        services.AddOpenApi(ApiDescription.Name, o => ApiDescription.Configure(o, settings));
        services.AddSingleton<ApiDescription>();
        services.AddScoped<SignIns>();
        services.AddScoped<People>();
        services.AddScoped<Passkeys>();
        services.AddSingleton<AccountDoor>();
        OpenIdConnect.AddTo(services.AddAuthentication(SessionHandler.Session)
            // Where a token is asked for, no cookie counts; and a token signs nobody in to a page.
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Session, o => o.ForwardDefaultSelector = c => c.Request.IsOfApi() ? TokenHandler.Token : null)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.Token, null), settings);
        services.AddAuthorizationBuilder().AddPolicy(TokenHandler.Token, p => p.AddAuthenticationSchemes(TokenHandler.Token).RequireAuthenticatedUser()).AddPolicy(SessionHandler.AdministratorRole, p => p.RequireRole(SessionHandler.AdministratorRole));
    }

    private static void Use(WebApplication site, Settings settings)
    {
        if (settings.Url.Scheme == Uri.UriSchemeHttps)
        {
            // Whoever is told https comes by it, through a proxy that speaks plain HTTP to us; forms refuse to work otherwise.
            site.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            });
        }
        site.UseResponseCompression();
        site.UseSecurityHeaders(Headers.Policy(settings.Url.Scheme == Uri.UriSchemeHttps));
        site.UseExceptionHandler("/error");
        site.UseStatusCodePagesWithReExecute("/status/{0}");
        site.RefuseUnreadableForms();
        site.ExplainProblemsOfApi();
        site.UseRouting();
        site.RefusePaddedIds();
        // First, since calls with a good token are counted for that token.
        site.UseAuthentication();
        site.UseRateLimiter();
        LetGoOfRest(site);
        site.RefuseLargeForms();
        site.UseAuthorization();
        site.Use((context, next) =>
        {
            context.KeepUnchanging();
            return next(context);
        });
        site.MapStaticAssets();
        site.MapRazorPages().WithStaticAssets();
        site.MapDownloads();
        site.MapOrganisationDownloads();
        site.MapSealDownloads();
        site.MapExchangeDownloads();
        site.MapWorkshopEvents();
        site.MapPlanDownloads();
        site.MapReports();
        site.MapApi();
        site.MapKeys();
        site.MapWorkbooks();
        site.MapPdfs();
    }

    /// <summary>
    /// The timer of the rate limiter is never disposed of, and would hold what comes after it, and with it the whole server, after its end: a process that starts many, as the tests do, would
    /// keep them all.
    /// </summary>
    private static void LetGoOfRest(WebApplication site) => site.Use(next =>
    {
        RequestDelegate? rest = next;
        site.Lifetime.ApplicationStopped.Register(() => rest = null);
        return context => rest!(context);
    });

    private static void Decorate<TService, TDecorator>(this IServiceCollection services)
        where TService : class
        where TDecorator : class, TService
    {
        var inner = services.Last(s => s.ServiceType == typeof(TService));
        var create = ActivatorUtilities.CreateFactory<TDecorator>([typeof(TService)]);
        services.AddSingleton<TService>(s => create(s, [ActivatorUtilities.CreateInstance(s, inner.ImplementationType!)]));
    }
}

/// <summary>Limits on what could be abused, by visitor. Looking at a form is never limited, only sending it.</summary>
internal static class RateLimits
{
    public const string Start = "start";
    public const string Open = "open";
    public const string Mail = "mail";
    public const string SignInMail = "sign-in-mail";
    public const string SignIn = "sign-in";
    public const string Invite = "invite";
    public const string Join = "join";
    public const string Upload = "upload";
    public const string Pdf = "pdf";
    public const string Api = "api";

    public static void Configure(RateLimiterOptions options, Limits limits)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(Start, c => HttpMethods.IsPost(c.Request.Method) ? Window(c, limits.StartsAnHour, TimeSpan.FromHours(1)) : RateLimitPartition.GetNoLimiter(""));
        options.AddPolicy(Pdf, c => HttpMethods.IsPost(c.Request.Method) ? Window(c, limits.PdfsAnHour, TimeSpan.FromHours(1)) : RateLimitPartition.GetNoLimiter(""));
        options.AddPolicy(Mail, c => HttpMethods.IsPost(c.Request.Method) ? Window(c, limits.MailsAnHour, TimeSpan.FromHours(1)) : RateLimitPartition.GetNoLimiter(""));
        options.AddPolicy(Invite, c => HttpMethods.IsPost(c.Request.Method) ? Window(c, limits.InvitationsAnHour, TimeSpan.FromHours(1)) : RateLimitPartition.GetNoLimiter(""));
        options.AddPolicy(Upload, c => HttpMethods.IsPost(c.Request.Method) ? Window(c, limits.UploadsAnHour, TimeSpan.FromHours(1)) : RateLimitPartition.GetNoLimiter(""));
        options.AddPolicy(SignInMail, c => HttpMethods.IsPost(c.Request.Method) ? Window(c, limits.SignInMailsAnHour, TimeSpan.FromHours(1)) : RateLimitPartition.GetNoLimiter(""));
        options.AddPolicy(SignIn, c => HttpMethods.IsPost(c.Request.Method) ? Window(c, limits.SignInTriesAMinute, TimeSpan.FromMinutes(1)) : RateLimitPartition.GetNoLimiter(""));
        // A hall full of people comes from one address; what is guessed lets nobody see a vote that is not revealed.
        options.AddPolicy(Join, c => HttpMethods.IsPost(c.Request.Method) || c.Request.RouteValues["code"] is not null || c.Request.Query.ContainsKey("code") ? Window(c, limits.JoinsAMinute, TimeSpan.FromMinutes(1)) : RateLimitPartition.GetNoLimiter(""));
        // Made-up tokens share what is left to the address that they come from: each by itself would be counted anew.
        options.AddPolicy(Api, c => c.Features.Get<Bearer>() is { } bearer
            ? RateLimitPartition.GetFixedWindowLimiter(bearer.Token.ToString("N"), _ => new() { PermitLimit = limits.CallsAMinute, Window = TimeSpan.FromMinutes(1) })
            : Window(c, limits.CallsWithoutTokenAMinute, TimeSpan.FromMinutes(1)));
        options.OnRejected = (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)) rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, after.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        // Looking up a guessed link is a try, by whichever method.
        options.AddPolicy(Open, c => HttpMethods.IsPost(c.Request.Method) || c.Request.RouteValues.ContainsKey("secret") ? Window(c, limits.LinksTriedAMinute, TimeSpan.FromMinutes(1)) : RateLimitPartition.GetNoLimiter(""));
    }

    private static RateLimitPartition<string> Window(HttpContext context, int permits, TimeSpan window) =>
        RateLimitPartition.GetFixedWindowLimiter(Visitor(context.Connection.RemoteIpAddress), _ => new() { PermitLimit = permits, Window = window });

    /// <summary>An IPv6 visitor has a whole network of addresses to come from.</summary>
    private static string Visitor(IPAddress? address) =>
        address is null ? "" : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        : address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
        : address.ToString();
}
