using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Rasp.Tests.Accounts;

/// <summary>An OpenID Connect issuer, on this machine, that signs everybody in as one person.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    public const string Client = "rasp";
    public const string Secret = "a secret of the issuer";

    private readonly WebApplication site;

    private Issuer(WebApplication site)
    {
        this.site = site;
        Url = new(site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Url { get; }

    public static async Task<Issuer> StartAsync(string email, bool? isVerified, string subject = "subject")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode();
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.RegisterScopes("email");
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client) context.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.ClientSecret != Secret) context.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                var identity = new ClaimsIdentity("issuer");
                identity.AddClaim(new(OpenIddictConstants.Claims.Subject, subject));
                identity.AddClaim(new(OpenIddictConstants.Claims.Email, email));
                if (isVerified is { } value) identity.AddClaim(new(OpenIddictConstants.Claims.EmailVerified, value ? "true" : "false", ClaimValueTypes.Boolean));
                identity.SetScopes(context.Request.GetScopes());
                identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
                context.SignIn(new ClaimsPrincipal(identity));
                return default;
            }));
        });
        var site = builder.Build();
        site.UseAuthentication();
        await site.StartAsync();
        return new(site);
    }

    public async ValueTask DisposeAsync() => await site.DisposeAsync();
}
