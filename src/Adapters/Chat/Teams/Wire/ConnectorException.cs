namespace ChatOpsCampaigns.Adapters.Chat.Teams.Wire;

/// <summary>What to do about a fault of the Connector.</summary>
internal enum ConnectorFault
{
    /// <summary>Again after a while: the fault is on the way or in Teams.</summary>
    Passing,

    /// <summary>Again after the time that was named.</summary>
    Limited,

    /// <summary>Again, and once alone: Teams itself failed, and nobody knows at what.</summary>
    Broken,

    /// <summary>Our own token or secret.</summary>
    Ourselves,

    /// <summary>This conversation alone: the app was removed or blocked there, or it is gone.</summary>
    Place,

    /// <summary>The message is not there any more.</summary>
    Gone,

    /// <summary>It is larger than Teams takes.</summary>
    TooLarge,

    /// <summary>What we sent is wrong.</summary>
    Ours,
}

/// <summary>The Connector refused a call or could not be reached. Never holds a token.</summary>
/// <param name="call">What was asked for, without ids.</param>
/// <param name="error">The Connector's own word for it: <c>BotNotInConversationRoster</c>; or what happened on the way.</param>
internal sealed class ConnectorException(
    string call, string error, string? details = null, ConnectorFault kind = ConnectorFault.Passing, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception($"Teams refused {call}: {error}{(details is null ? "" : $" ({details})")}", inner)
{
    public const string Unreachable = "unreachable";

    public string Error => error;

    public ConnectorFault Kind => kind;

    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>It may have arrived all the same: there was a connection, and no answer came.</summary>
    public bool MayHaveArrived => InnerException is not null
        and not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };
}
