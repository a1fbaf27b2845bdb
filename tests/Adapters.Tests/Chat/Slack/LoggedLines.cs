using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>What stands in the log, a line for each.</summary>
internal sealed class LoggedLines<T> : ILogger<T>
{
    public List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add($"{formatter(state, exception)}{exception}");
}
