using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Accounts;

/// <summary>
/// Work that is done an account at a time, where one account never keeps the others waiting: one that takes longer than
/// <paramref name="patience"/> of machine time goes on by itself, and gets no new work until it has ended.
/// </summary>
/// <param name="patience">Longer than an account in good order takes.</param>
public sealed class AccountLanes(TimeSpan patience, TimeProvider machine)
{
    private readonly ConcurrentDictionary<AdAccountId, Task> _leftBehind = new();

    /// <summary>The result, or null when the account is not done yet, with this work or an earlier one.</summary>
    public async Task<TResult?> TryAsync<TResult>(AdAccountId account, Func<Task<TResult>> work) where TResult : class
    {
        if (_leftBehind.TryGetValue(account, out var before) && !before.IsCompleted)
            return null;

        var present = work();
        try
        {
            return await present.WaitAsync(patience, machine);
        }
        catch (TimeoutException)
        {
            // Done in the very moment in which it was given up, or its own time was up.
            if (present.IsCompleted)
                return await present;

            _leftBehind[account] = present;
            return null;
        }
    }
}
