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
                csp.AddStyleSrc().Self();
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
            .AddPermissionsPolicyWithDefaultSecureDirectives()
            .RemoveServerHeader();
        return isHttps ? policy.AddStrictTransportSecurityMaxAge() : policy;
    }

    /// <summary>Pages that only their holder may see are kept by no cache and listed by no search engine.</summary>
    public static void KeepPrivate(this HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
    }
}
