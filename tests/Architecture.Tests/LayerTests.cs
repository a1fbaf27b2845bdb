using System.Reflection;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Architecture.Tests;

public sealed class LayerTests
{
    [Fact]
    public void Automation_names_none_of_ours() => Ours(Houses.Automation).ShouldBeEmpty();

    [Fact]
    public void Dialogs_name_automation_alone() => Ours(Houses.Dialogs).ShouldBe(["ChatOpsCampaigns.Automation"]);

    [Fact]
    public void Adapters_name_automation_and_dialogs() =>
        Ours(Houses.Adapters).ShouldBe(["ChatOpsCampaigns.Automation", "ChatOpsCampaigns.Dialogs"]);

    [Theory]
    [InlineData("System.Net.Http")]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("Quartz")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Magick")]
    [InlineData("MailKit")]
    public void The_core_and_the_dialogs_reach_no_outside(string library)
    {
        var reached = new[] { Houses.Automation, Houses.Dialogs }
            .SelectMany(house => house.GetReferencedAssemblies().Select(name => name.Name!))
            .Where(name => name.StartsWith(library, StringComparison.Ordinal));

        reached.ShouldBeEmpty();
    }

    [Fact]
    public void Adapters_keep_their_doers_to_themselves()
    {
        var shown = Houses.Written(Houses.Adapters)
            .Where(type => type is { IsPublic: true, IsClass: true, IsAbstract: false } && !IsRecord(type) && type.Namespace?.Contains("Migrations", StringComparison.Ordinal) != true)
            .Select(type => type.FullName);

        shown.ShouldBeEmpty();
    }

    [Fact]
    public void Every_port_takes_a_cancellation_token_that_cannot_be_forgotten()
    {
        var forgetful =
            from port in Houses.Automation.GetExportedTypes().Concat(Houses.Dialogs.GetExportedTypes()).Where(type => type.IsInterface)
            from method in port.GetMethods()
            where IsAwaited(method.ReturnType)
            let last = method.GetParameters().LastOrDefault()
            where last?.ParameterType != typeof(CancellationToken) || last.HasDefaultValue
            select $"{port.Name}.{method.Name}";

        forgetful.ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_gate_changes_anything_at_a_network()
    {
        var execute = typeof(IAdNetwork).GetMethod(nameof(IAdNetwork.ExecuteAsync))!;

        var callers = Houses.All
            .SelectMany(house => house.GetTypes())
            .Where(type => Calls.In(type).Any(called => called == execute))
            .Select(type => Calls.Outermost(type).Name)
            .Distinct();

        // Two only pass on what the gate asks for.
        callers.ShouldBe(["NetworkGate", "ObedientNetwork", "TimedNetwork"], ignoreOrder: true);
    }

    [Fact]
    public void Figures_are_read_an_account_at_a_time_and_never_a_campaign()
    {
        var readers = typeof(IAdNetwork).GetMethods()
            .Where(method => Inside(method.ReturnType).Any(type => type == typeof(PerformanceReading) || type == typeof(AccountReading) || type == typeof(DayFigures)))
            .Select(method => method.Name);

        readers.ShouldBe([nameof(IAdNetwork.ReadAccountAsync)]);
    }

    private static IEnumerable<string> Ours(Assembly house) => house.GetReferencedAssemblies()
        .Select(name => name.Name!)
        .Where(name => name.StartsWith("ChatOpsCampaigns", StringComparison.Ordinal))
        .Order();

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsAwaited(Type type) => typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    private static IEnumerable<Type> Inside(Type type) => [type, .. type.GetGenericArguments().SelectMany(Inside)];
}
