using System.ComponentModel;
using ChatOpsCampaigns.Dialogs.Commands;
using Microsoft.SemanticKernel;

namespace ChatOpsCampaigns.Adapters.Language;

/// <summary>
/// The reading and proposing verbs as a Semantic Kernel plugin. It acts on nothing: a function returns the canonical line that the
/// dispatcher would run for the person, with the person's own permissions.
/// </summary>
internal static class VerbPlugin
{
    public const string Name = "Campaigns";

    public static KernelPlugin Build(VerbCatalogue catalogue) => KernelPluginFactory.CreateFromFunctions(
        Name, catalogue.Verbs.Where(verb => verb.Kind != VerbKind.Acts).Select(FunctionOf));

    private static KernelFunction FunctionOf(Verb verb) => KernelFunctionFactory.CreateFromMethod(
        (KernelArguments arguments) => LineOf(verb, arguments),
        verb.Name.Replace(' ', '_').Replace('-', '_'),
        $"{verb.Summary}. Example: {verb.Example}",
        verb.Arguments.Select(argument => new KernelParameterMetadata(argument.Name)
        {
            Description = argument.Choices.IsEmpty ? argument.Summary : $"{argument.Summary}: {string.Join(", ", argument.Choices)}",
            IsRequired = !argument.Optional,
            ParameterType = typeof(string),
        }));

    [Description("The canonical line.")]
    private static string LineOf(Verb verb, KernelArguments arguments) => string.Join(
        ' ',
        [verb.Name, .. verb.Arguments.Select(argument => arguments.TryGetValue(argument.Name, out var text) ? text?.ToString() : null).OfType<string>()]);
}
