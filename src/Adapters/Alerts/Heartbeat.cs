using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Alerts;

/// <summary>Section <c>Heartbeat</c>.</summary>
/// <param name="Url">Asked by GET after each look that found nothing wrong; null for none. Whoever has it can pretend that all is well: it is a secret.</param>
/// <param name="File">Written after every look.</param>
public sealed record HeartbeatSettings(string? Url, string File)
{
    /// <summary>Why these settings cannot be used, or null. Repeats no address.</summary>
    public string? Problem() =>
        Url is { Length: > 0 } && !(Uri.TryCreate(Url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
            ? "Heartbeat:Url has to be a whole https address."
            : Directory.Exists(Path.GetDirectoryName(File)) || !Path.IsPathRooted(File)
                ? null
                : $"Heartbeat:File is \"{File}\"; it has to lie in a folder that there is.";
}

/// <summary>Tells the outside that the program lives and found nothing wrong about itself. Silence is what somebody else has to notice.</summary>
internal sealed partial class Heartbeat(HeartbeatSettings settings, HttpClient http, TimeProvider machine, ILogger<Heartbeat> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="findings">What is wrong; empty when nothing is.</param>
    public async Task BeatAsync(IReadOnlyList<string> findings, CancellationToken cancellationToken)
    {
        await WriteAsync(findings, cancellationToken);
        if (findings.Count == 0 && settings.Url is { Length: > 0 } url)
            await CallAsync(url, cancellationToken);
    }

    /// <summary>Whole or not at all: whoever reads it in between sees the one before.</summary>
    private async Task WriteAsync(IReadOnlyList<string> findings, CancellationToken cancellationToken)
    {
        try
        {
            var beside = $"{settings.File}.new";
            await File.WriteAllTextAsync(beside, JsonSerializer.Serialize(new { at = machine.GetUtcNow(), ok = findings.Count == 0, findings }) + "\n", cancellationToken);
            File.Move(beside, settings.File, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotWritten(fault);
        }
    }

    private async Task CallAsync(string url, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var answer = await http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!answer.IsSuccessStatusCode)
                NotHeard($"it answered {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            NotHeard($"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException fault)
        {
            NotHeard($"it cannot be reached ({fault.HttpRequestError})");
        }
    }

    [LoggerMessage(EventId = 156, Level = LogLevel.Error, Message = "The heartbeat file could not be written.")]
    private partial void NotWritten(Exception fault);

    [LoggerMessage(EventId = 155, Level = LogLevel.Error, Message = "Heartbeat:Url did not take the heartbeat: {Says}; tried again in a minute.")]
    private partial void NotHeard(string says);
}
