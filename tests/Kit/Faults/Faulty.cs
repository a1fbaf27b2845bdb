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
    private static readonly TimeSpan SlowFor = TimeSpan.FromSeconds(2);

    private T _inner = null!;
    private FaultPlan _plan = null!;
    private Manners _manners = null!;
    private FakeTimeProvider _machine = null!;

    internal void Surround(T inner, FaultPlan plan, Manners manners, FakeTimeProvider machine) =>
        (_inner, _plan, _manners, _machine) = (inner, plan, manners, machine);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var returns = targetMethod!.ReturnType;
        if (!returns.IsAssignableTo(typeof(Task)) || _plan.Next(typeof(T).Name, targetMethod.Name, About(args), _manners.Possible(targetMethod.Name)) is not { } fault)
            return Call(targetMethod, args);

        if (returns == typeof(Task))
            return AnswerAsync(fault, async () => { await (Task)Call(targetMethod, args)!; return true; }, args);

        return Answering.MakeGenericMethod(returns.GetGenericArguments()[0]).Invoke(this, [fault, targetMethod, args]);
    }

    private Task<TResult> TypedAsync<TResult>(Fault fault, MethodInfo method, object?[]? args) => AnswerAsync(fault, () => (Task<TResult>)Call(method, args)!, args);

    private async Task<TResult> AnswerAsync<TResult>(Fault fault, Func<Task<TResult>> call, object?[]? args)
    {
        switch (fault)
        {
            case Fault.ExecutesThenTimesOut or Fault.Malformed:
                await call();
                throw _manners.Says(fault);
            case Fault.Slow:
                _machine.Advance(SlowFor);
                return await call();
            case Fault.Reordered:
                for (var others = 0; others < 20; others++)
                    await Task.Yield();

                return await call();
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
