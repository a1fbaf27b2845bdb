using System.Reflection;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>
/// Every port through which the program has an effect, with a point before and after each effect. Reading is left out: to end before a read is
/// to end after the effect before it. What the browser chat shows is an effect of its activity log; of other chats, what is posted and edited there.
/// </summary>
internal static class CrashPorts
{
    public static void Add(IServiceCollection services)
    {
        Wrap<INetworkLine>(services, inner => new CrashLine(inner));
        WrapPort<ICampaignStore>(services);
        WrapPort<IIntentStore>(services);
        WrapPort<IIncidentStore>(services);
        WrapPort<IApprovalStore>(services);
        WrapPort<IDecisionStore>(services);
        WrapPort<IForecastStore>(services);
        WrapPort<IReadingStore>(services);
        WrapPort<IDraftStore>(services);
        WrapPort<ISettingsStore>(services);
        WrapPort<IAuditTrail>(services);
        WrapPort<IActivityFeed>(services);
        WrapPort<IAlertStore>(services);
        WrapPort<IAlertChannel>(services);
        WrapPort<IPreparedStore>(services);
        WrapPort<IConversationStore>(services);
        WrapPort<IInbox>(services);
        WrapPort<IActivityLog>(services);
        WrapPort<IMediaStore>(services);
        WrapPort<IStopJournal>(services);
        WrapPort<ISlackCardStore>(services);
        Wrap<IChatChannel>(services, inner => inner is WebChatChannel ? inner : CrashPort<IChatChannel>.Around(inner));
    }

    private static void WrapPort<T>(IServiceCollection services)
        where T : class => Wrap<T>(services, CrashPort<T>.Around);

    private static void Wrap<T>(IServiceCollection services, Func<T, T> around)
        where T : class
    {
        for (var at = 0; at < services.Count; at++)
        {
            if (services[at] is { } known && known.ServiceType == typeof(T))
                services[at] = ServiceDescriptor.Singleton(provider => around((T)Made(known, provider)));
        }
    }

    private static object Made(ServiceDescriptor known, IServiceProvider provider) => known.ImplementationInstance
        ?? known.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, known.ImplementationType!);
}

/// <summary>A call to a simulated network: before it left, and after it took effect there and before the answer is known here.</summary>
internal sealed class CrashLine(INetworkLine inner) : INetworkLine
{
    public async Task<TAnswer> CarryAsync<TAnswer>(NetworkCall call, Func<TAnswer> ask, CancellationToken cancellationToken)
    {
        if (call.Command is not { } command)
            return await inner.CarryAsync(call, ask, cancellationToken);

        CrashPoints.Pass($"network.{command.GetType().Name}.before");
        var answer = await inner.CarryAsync(call, ask, cancellationToken);
        CrashPoints.Pass($"network.{command.GetType().Name}.after");
        return answer;
    }
}

/// <summary>A port of which every method that has an effect is a point before and after.</summary>
public class CrashPort<T> : DispatchProxy
    where T : class
{
    private static readonly string[] Effects =
        ["Add", "Change", "Save", "Publish", "Append", "Keep", "Note", "Clear", "Set", "Send", "Replace", "Delete", "TryClaim", "Done"];

    private T _inner = null!;

    internal static T Around(T inner)
    {
        var port = Create<T, CrashPort<T>>();
        ((CrashPort<T>)(object)port)._inner = inner;
        return port;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (!IsEffect(targetMethod!))
            return Call();

        var name = $"{typeof(T).Name[1..]}.{targetMethod!.Name.Replace("Async", "", StringComparison.Ordinal)}{Which(args)}";
        CrashPoints.Pass($"{name}.before");
        return Call() switch
        {
            Task done when done.GetType().IsGenericType && targetMethod.ReturnType.IsGenericType => typeof(CrashPort<T>)
                .GetMethod(nameof(AnsweredAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments()[0])
                .Invoke(null, [done, name]),
            Task done => EndedAsync(done, name),
            var other => other,
        };

        object? Call() => targetMethod!.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
    }

    /// <summary>A command is kept several times on its way, each time as it stands then; messages leave by several channels.</summary>
    private string Which(object?[]? args) => (_inner, args) switch
    {
        (_, [CommandIntent intent, ..]) => $".{intent.State}",
        (IAlertChannel channel, _) => $".{channel.Name}",
        (IChatChannel chat, _) => $".{chat.Name}",
        _ => "",
    };

    private static bool IsEffect(MethodInfo method) =>
        Effects.Any(effect => method.Name.StartsWith(effect, StringComparison.Ordinal))
        || (typeof(T) == typeof(IIncidentStore) && method.Name == "OpenAsync" && method.GetParameters().Length == 2)
        || (typeof(T) == typeof(IChatChannel) && method.Name is nameof(IChatChannel.PostAsync) or nameof(IChatChannel.EditAsync));

    private static async Task<TAnswer> AnsweredAsync<TAnswer>(Task<TAnswer> task, string name)
    {
        var answer = await task;
        CrashPoints.Pass($"{name}.after");
        return answer;
    }

    private static async Task EndedAsync(Task task, string name)
    {
        await task;
        CrashPoints.Pass($"{name}.after");
    }
}
