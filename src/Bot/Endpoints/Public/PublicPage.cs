namespace ChatOpsCampaigns.Bot.Endpoints.Public;

/// <summary>A file of a page that strangers may open: it holds nothing of anybody, tells no other page where it was, and is asked for anew each time.</summary>
internal static class PublicPage
{
    /// <param name="file">Below <c>wwwroot</c>.</param>
    public static IResult Send(HttpContext context, string file, string type, string contentPolicy)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = contentPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return Results.Stream(context.RequestServices.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider.GetFileInfo(file).CreateReadStream(), type);
    }
}
