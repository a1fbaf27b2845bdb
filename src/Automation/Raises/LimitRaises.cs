using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Raises;

/// <summary>A daily limit that is lifted.</summary>
/// <param name="Account">Null: that of all accounts of the currency together.</param>
/// <param name="From">The limit that holds.</param>
/// <param name="To">Null takes away what was said in the chat.</param>
public sealed record LimitMove(AdAccountId? Account, Currency Currency, decimal? From, decimal? To)
{
    /// <summary>Whose limit it is.</summary>
    [JsonIgnore]
    public string Of => Account?.Value ?? $"all accounts in {Currency} together";

    /// <summary>"meta: $5,000 → $6,000 a day".</summary>
    public string Words(decimal? becomes) => $"{Of}: {Said(From)} → {Said(becomes)} a day";

    private string Said(decimal? amount) => amount is { } known ? Currency.Of(known).ToString() : "no limit";
}

/// <summary>Limits of accounts that somebody wants lifted: what a second person approves, and nothing else.</summary>
/// <param name="Says">Each as it was shown.</param>
public sealed record AskedLimits(ImmutableArray<LimitMove> Moves, ImmutableArray<string> Says)
{
    public static AskedLimits Of(PendingApproval approval) => JsonSerializer.Deserialize<AskedLimits>(approval.Details)
        ?? throw new InvalidOperationException($"Approval {approval.Handle} holds no limits.");
}

/// <summary>Lifting what an account, or all of them together, may be budgeted a day: always with a second person.</summary>
public sealed class LimitRaises(ApprovalDesk approvals, SecondPeople others)
{
    /// <returns>What was asked, or why it was not.</returns>
    public async Task<(bool Asked, string Says)> AskAsync(AskedLimits wanted, PersonId by, CancellationToken cancellationToken)
    {
        var account = wanted.Moves.Select(move => move.Account).Distinct().ToList() is [var only] ? only : null;
        var says = string.Join("; ", wanted.Says);
        if (await others.NobodyElseMayAsync(WorkspaceId.Local, account, by, cancellationToken))
            return (false, $"Not done: {says}. That lifts a limit, and nobody else here may approve that. {SecondPeople.HowToAdd}");

        var details = JsonSerializer.Serialize(wanted);
        var asked = await approvals.RequestAsync(
            new PendingApproval(
                ApprovalId.New(), WorkspaceId.Local, account, ApprovalKind.Limits, $"limits of {string.Join(", ", wanted.Moves.Select(move => $"{move.Account?.Value}{move.Currency}"))}", Digest.Of(details),
                $"lift what may be spent at most, {says}", by, approvals.Now, ApprovalState.Waiting)
            {
                Details = details,
            },
            cancellationToken);
        return (true, $"{asked.Handle}: asked, {says} is not changed yet. That lifts a limit, so somebody else with the role Approver or Admin has to approve it.");
    }
}

/// <summary>Limits that a second person lets be lifted: from what was shown and nothing else.</summary>
public sealed class LimitApproval(SaidAccounts accounts, SetupBook book) : IApprovalEffect
{
    public ApprovalKind Kind => ApprovalKind.Limits;

    public async Task<ApprovalObjection?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        await PointlessAsync(approval, cancellationToken) is { } says ? new ApprovalObjection(says) : null;

    public async Task<string?> PointlessAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        foreach (var move in AskedLimits.Of(approval).Moves)
        {
            if (await PresentAsync(move, cancellationToken) is not { } known)
                return $"{move.Account} is no account of this workspace any more.";

            if (known.Now != move.From)
                return $"The limit has moved since it was asked for ({move.Words(known.Now)}); ask again if it is still wanted.";
        }

        return null;
    }

    public async Task<bool> HasBegunAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        foreach (var move in AskedLimits.Of(approval).Moves)
        {
            if (await PresentAsync(move, cancellationToken) is not { } known || known.Now != (move.To ?? known.Without))
                return false;
        }

        return true;
    }

    public async Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedLimits.Of(approval);
        if (await HasBegunAsync(approval, cancellationToken))
            return $"From now on: {string.Join("; ", asked.Says)}.";

        if (await PointlessAsync(approval, cancellationToken) is { } moved)
            return $"Not done: {moved}";

        await book.ChangeAsync(
            approval.Account, approval.RequestedBy,
            [.. asked.Moves.Zip(asked.Says, (move, says) => ($"most a day of {move.Of}", $"{says[(move.Of.Length + 2)..]}, approved by {approval.DecidedBy}"))],
            said => asked.Moves.Aggregate(said, With),
            cancellationToken);
        return $"From now on: {string.Join("; ", asked.Says)}.";
    }

    private static SaidInChat With(SaidInChat said, LimitMove move) => move switch
    {
        { Account: { } account } => said.With(account, said.Of(account) with { DailyLimit = move.To }),
        { To: { } to } => said with { WorkspaceLimits = said.WorkspaceLimits.SetItem(move.Currency.Code, to) },
        _ => said with { WorkspaceLimits = said.WorkspaceLimits.Remove(move.Currency.Code) },
    };

    /// <summary>What holds now, and what would hold without a word in the chat; null for an account that is not there any more.</summary>
    private async Task<(decimal? Now, decimal? Without)?> PresentAsync(LimitMove move, CancellationToken cancellationToken)
    {
        if (move.Account is not { } account)
            return ((await accounts.FindWorkspaceLimitAsync(move.Currency, cancellationToken))?.Amount, null);

        return (await accounts.ArrangementsAsync(cancellationToken)).FirstOrDefault(one => one.Account.Id == account) is { } known
            ? (known.DailyLimit.Value?.Amount, known.Most?.Amount)
            : null;
    }
}
