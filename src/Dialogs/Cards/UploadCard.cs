using System.Collections.Immutable;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>A button that brings a file to the network's shape in one way. <paramref name="Fit"/> is the word for it.</summary>
public sealed record ShapeView(string Title, string Fit);

/// <summary>One file on its way into a draft, edited in place until it is ready.</summary>
/// <param name="State">good, change or bad: the colour.</param>
public sealed record UploadCard(string FileName, string Says, ImmutableArray<string> Details, string State, string? Thumbnail) : ICardView
{
    /// <summary>By which it is spoken of ("crop 2"); null while it is not in the draft.</summary>
    public string? Number { get; init; }

    /// <summary>How far the preparation is: preparing, ready or cannot; null when there is none.</summary>
    public string? Stage { get; init; }

    /// <summary>The same in words, with the size before and after.</summary>
    public string Standing { get; init; } = "";

    /// <summary>Empty when the file has the network's shape.</summary>
    public ImmutableArray<ShapeView> Shapes { get; init; } = [];

    public bool AsksShape => !Shapes.IsEmpty;

    /// <summary>The draft, for the buttons.</summary>
    public string Target { get; init; } = "";

    /// <summary>The file's digest, for the buttons.</summary>
    public string File { get; init; } = "";

    public string Template => "upload";

    public string Fallback => string.Join("\n- ", (string[])[
        $"{(Number is null ? "" : $"{Number}. ")}{FileName}: {Says}",
        .. Details,
        .. Standing.Length > 0 ? (string[])[Standing] : [],
        .. AsksShape && Number is not null ? (string[])[$"{(Shapes.Any(shape => shape.Fit == "trim") ? "or say" : "another shape")}: {string.Join(", ", Shapes.Select(shape => $"\"{shape.Fit} {Number}\""))}"] : []]);
}
