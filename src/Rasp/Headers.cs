using Microsoft.AspNetCore.StaticAssets;
using Rasp.Reports;

namespace Rasp;

/// <summary>What every response says to the browser: nothing from elsewhere, nothing inline, nowhere else, no trace.</summary>
internal static class Headers
{
    public static HeaderPolicyCollection Policy(bool isHttps)
    {
        var policy = new HeaderPolicyCollection()
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddScriptSrc().Self();
                // Reports are pages that need nothing else, and have one style within: that, and no other.
                csp.AddStyleSrc().Self().WithHash256(HtmlReport.StyleHash);
                csp.AddImgSrc().Self();
                csp.AddFontSrc().Self();
                csp.AddConnectSrc().Self();
                csp.AddFormAction().Self();
                csp.AddBaseUri().None();
                csp.AddFrameAncestors().None();
            })
            .AddContentTypeOptionsNoSniff()
            .AddFrameOptionsDeny()
            .AddReferrerPolicyNoReferrer()
            .AddCrossOriginOpenerPolicy(c => c.SameOrigin())
            .AddCrossOriginResourcePolicy(c => c.SameOrigin())
            .AddPermissionsPolicy(permissions =>
            {
                permissions.AddCamera().None();
                permissions.AddMicrophone().None();
                permissions.AddGeolocation().None();
                permissions.AddPayment().None();
                permissions.AddUsb().None();
                permissions.AddPublickeyCredentialsGet().Self();
                permissions.AddPublickeyCredentialsCreate().Self();
            })
            .RemoveServerHeader();
        return isHttps ? policy.AddStrictTransportSecurityMaxAge() : policy;
    }

    /// <summary>
    /// Files whose name changes with their content are kept for a year. Published, the framework says so of its own; said here, it also
    /// holds for a build that was not published, and for fonts, whose names hold their version.
    /// </summary>
    public static void KeepUnchanging(this HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/fonts") && context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>()?.Properties.Any(p => p.Name == "fingerprint") != true) return;
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified) context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Task.CompletedTask;
        });
    }

    /// <summary>Pages that only their holder may see are kept by no cache and listed by no search engine.</summary>
    public static void KeepPrivate(this HttpResponse response)
    {
        // What goes out piece by piece has said so at its beginning.
        if (response.HasStarted) return;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
    }
}
