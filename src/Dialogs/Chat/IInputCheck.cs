namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>Looks at what was entered before it is answered, so that a chat can say what is wrong beside the input. Changes nothing.</summary>
public interface IInputCheck
{
    /// <returns>A sentence by the id of the input; empty when nothing is wrong there, and when only the answer can tell.</returns>
    Task<IReadOnlyDictionary<string, string>> FaultsAsync(ChatTurn turn, CancellationToken cancellationToken);
}
