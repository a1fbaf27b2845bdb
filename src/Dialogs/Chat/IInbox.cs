namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>Turns that arrived and wait to be handled: stored before they are acknowledged, so that a crash loses none.</summary>
public interface IInbox
{
    /// <summary>Keeps a turn; false when one with its id is known already.</summary>
    Task<bool> AddAsync(ChatTurn turn, CancellationToken cancellationToken);

    /// <summary>Not handled yet, in the order of arrival: what is gone on with after a restart.</summary>
    Task<IReadOnlyList<ChatTurn>> WaitingAsync(CancellationToken cancellationToken);

    Task DoneAsync(ChatTurn turn, CancellationToken cancellationToken);
}

/// <summary>Where a channel brings what arrived.</summary>
public interface ITurnIntake
{
    /// <summary>Keeps a turn, then has it handled; returns as soon as it is kept. One that is known already is handled once.</summary>
    Task TakeAsync(ChatTurn turn, CancellationToken cancellationToken);
}
