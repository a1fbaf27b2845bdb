namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Section <c>Telemetry</c>.</summary>
/// <param name="Endpoint">Where metrics and traces go by OTLP over HTTP, for example <c>http://127.0.0.1:4318</c>; null: nothing leaves the machine.</param>
internal sealed record TelemetryOptions(Uri? Endpoint)
{
    public static TelemetryOptions From(IConfiguration configuration)
    {
        if (configuration["Telemetry:Endpoint"] is not { Length: > 0 } text)
            return new TelemetryOptions((Uri?)null);

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { UserInfo: "", Query: "" }
            ? new TelemetryOptions(uri)
            : throw new InvalidOperationException("Telemetry:Endpoint has to be the address of an OpenTelemetry collector such as http://127.0.0.1:4318, without a name or password in it.");
    }

    /// <summary>The collector's address for one kind of signal.</summary>
    public Uri For(string signal) => new($"{Endpoint!.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
}
