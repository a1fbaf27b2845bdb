using System.Reflection;
using System.Runtime.ExceptionServices;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Kit.Faults;

public static class Faulty
{
    /// <summary>The same port, with faults on the way to it.</summary>
    public static T Around<T>(T inner, FaultPlan plan, Manners manners, FakeTimeProvider machine) where T : class
    {
        var around = DispatchProxy.Create<T, Faulty<T>>();
        ((Faulty<T>)(object)around).Surround(inner, plan, manners, machine);
        return around;
    }
}

/// <summary>A port whose calls go wrong as a plan deals it; everything that is no task goes through.</summary>
public class Faulty<T> : DispatchProxy where T : class
{
    private static readonly MethodInfo Answering = typeof(Faulty<T>).GetMethod(nameof(TypedAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;
    /// <summary>Longer than any call is waited for: a network's ten seconds are the longest.</summary>
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(15);

    private T _inner = null!;
    private FaultPlan _plan = null!;
    private Manners _manners = null!;
    private FakeTimeProvider _machine = null!;

    internal void Surround(T inner, FaultPlan plan, Manners manners, FakeTimeProvider machine) =>
        (_inner, _plan, _manners, _machine) = (inner, plan, manners, machine);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var returns = targetMethod!.ReturnType;
        if (!returns.IsAssignableTo(typeof(Task)))
            return Call(targetMethod, args);

        var held = _plan.Held(typeof(T).Name);
        var fault = _plan.Next(typeof(T).Name, targetMethod.Name, About(args), _manners.Possible(targetMethod.Name));
        if (fault is null && !held.IsHolding)
            return Call(targetMethod, args);

        if (returns == typeof(Task))
            return GoAsync(fault, held, async () => { await (Task)Call(targetMethod, args)!; return true; }, args);

        return Answering.MakeGenericMethod(returns.GetGenericArguments()[0]).Invoke(this, [fault, held, targetMethod, args]);
    }

    private Task<TResult> TypedAsync<TResult>(Misfortune? fault, Overtaking held, MethodInfo method, object?[]? args) =>
        GoAsync(fault, held, () => (Task<TResult>)Call(method, args)!, args);

    private async Task<TResult> GoAsync<TResult>(Misfortune? dealt, Overtaking held, Func<Task<TResult>> call, object?[]? args)
    {
        if (dealt is { Fault: Fault.Reordered })
            await held.HoldAsync(_plan.Holds);

        try
        {
            return dealt is { Fault: not Fault.Reordered } fault ? await AnswerAsync(fault, call, args) : await call();
        }
        finally
        {
            held.Gone();
        }
    }

    private async Task<TResult> AnswerAsync<TResult>(Misfortune dealt, Func<Task<TResult>> call, object?[]? args)
    {
        var fault = dealt.Fault;
        switch (fault)
        {
            case Fault.ExecutesThenTimesOut or Fault.Malformed:
                await call();
                throw _manners.Says(fault);
            case Fault.Slow:
                return await LateAsync(Slowest * dealt.Size, call, args);
            case Fault.Duplicated:
                var first = await call();
                await call();
                return first;
            case Fault.SaysYesAndDoesNothing when args?.OfType<NetworkCommand>().FirstOrDefault() is { } command && FakeNetwork.TargetOf(command) is TResult target:
                return target;
            default:
                await Task.Yield();
                throw _manners.Says(fault);
        }
    }

    /// <summary>Whoever asked may have gone meanwhile: it is done all the same, and nobody hears the answer.</summary>
    private async Task<TResult> LateAsync<TResult>(TimeSpan by, Func<Task<TResult>> call, object?[]? args)
    {
        var place = Array.FindIndex(args ?? [], arg => arg is CancellationToken);
        var patience = place < 0 ? CancellationToken.None : (CancellationToken)args![place]!;
        var wasGone = patience.IsCancellationRequested;
        _machine.Advance(by);
        if (wasGone || !patience.IsCancellationRequested)
            return await call();

        args![place] = CancellationToken.None;
        var answer = await call();
        return _manners.LeavesOff ? throw new OperationCanceledException(patience) : answer;
    }

    /// <summary>The keys and names among what is handed over.</summary>
    private static string About(object?[]? args) => string.Join(' ', (args ?? []).Select(arg => arg switch
    {
        string text => text,
        CommandIntent intent => intent.Key.Value,
        AdAccount account => account.Id.Value,
        Campaign campaign => campaign.Id.Value,
        CampaignDraft draft => draft.Id.Value,
        ValueType value when value.GetType().Namespace == typeof(CampaignId).Namespace => value.ToString(),
        _ => "",
    }));

    private object? Call(MethodInfo method, object?[]? args)
    {
        try
        {
            return method.Invoke(_inner, args);
        }
        catch (TargetInvocationException fault) when (fault.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
