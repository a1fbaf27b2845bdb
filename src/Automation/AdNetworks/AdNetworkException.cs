namespace ChatOpsCampaigns.Automation.AdNetworks;

public enum FaultKind
{
    /// <summary>The network is busy and may have said when to come back.</summary>
    RateLimited,

    /// <summary>Credentials are wrong, expired or revoked.</summary>
    Unauthorized,

    /// <summary>The network answered that it will not do this; asking again gives the same answer.</summary>
    Rejected,

    /// <summary>There is no such object.</summary>
    NotFound,

    /// <summary>The network could not be reached or failed; nothing is known to have happened.</summary>
    Unavailable,

    /// <summary>No answer in time: the effect may or may not have happened. Settled by reading, never by repeating.</summary>
    TimedOut,

    /// <summary>An answer that cannot be understood.</summary>
    Malformed,
}

/// <summary>The one way a network fails. Adapters translate every fault into it, once, at the edge.</summary>
public sealed class AdNetworkException(FaultKind kind, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    public FaultKind Kind { get; } = kind;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>False when the call did not go out, since the network had said when to come back and that time is not over.</summary>
    public bool WasAsked { get; init; } = true;

    /// <summary>The same call may succeed later.</summary>
    public bool IsTransient => Kind is FaultKind.RateLimited or FaultKind.Unavailable or FaultKind.TimedOut;

    /// <summary>The call may have taken effect although it failed.</summary>
    public bool OutcomeIsUnknown => MayHaveTakenEffect(Kind);

    public static bool MayHaveTakenEffect(FaultKind kind) => kind is FaultKind.TimedOut or FaultKind.Malformed or FaultKind.Unavailable;
}
