using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

/// <summary>Goes through a card once, in its order, and keeps blocks. Lines, facts and small words that follow each other share a block.</summary>
/// <param name="showInputs">False leaves them out: they are asked for in a window of their own.</param>
internal sealed class CardWalk(CardActions actions, string card, IReadOnlyDictionary<string, SlackPicture> pictures, bool showInputs)
{
    private const int MostFacts = 10;
    private const int MostContext = 10;
    private const int LongestHeader = 150;

    private readonly List<JsonObject> _blocks = [];
    private readonly List<TextLine> _lines = [];
    private readonly List<string> _quiet = [];
    private readonly List<(string Title, string Value)> _facts = [];
    private readonly Buttons _buttons = new(actions, card);
    private bool _hasHeader;

    public bool Urgent { get; private set; }

    public IReadOnlyList<JsonObject> Blocks()
    {
        Flush();
        while (_blocks.Count > 0 && _blocks[^1].Is("type", "divider"))
            _blocks.RemoveAt(_blocks.Count - 1);

        return _blocks;
    }

    public void Visit(IEnumerable<JsonObject> elements)
    {
        foreach (var element in elements)
            Visit(element);
    }

    /// <summary>A row of buttons.</summary>
    /// <param name="fillIn">The action that opens a window with the inputs, when there is one.</param>
    public void Row(IEnumerable<JsonObject> set, JsonObject? fillIn = null)
    {
        var row = set.ToList();
        if (row.Count == 0)
            return;

        Flush();
        _blocks.AddRange(_buttons.Rows(row, Urgent, fillIn));
    }

    private void Visit(JsonObject element)
    {
        if (element.Has("separator"))
            Divide();

        switch (element.Kind())
        {
            case "TextBlock" or "RichTextBlock":
                Line(TextLine.Of(element));
                break;
            case "Container":
                Urgent |= element.Is("style", "attention");
                Visit(element.Children("items"));
                break;
            case "ColumnSet":
                Columns([.. element.Children("columns")]);
                break;
            case "FactSet":
                foreach (var fact in element.Children("facts"))
                    Fact(fact.Text("title"), fact.Text("value"));
                break;
            case "Image":
                Picture(element);
                break;
            case "ActionSet":
                Row(element.Children("actions"));
                break;
            case var kind when kind.StartsWith("Input.", StringComparison.Ordinal):
                if (showInputs)
                    Keep(Inputs.Block(element, card));
                break;
            case var unknown:
                throw new NotSupportedException($"A card has {unknown}, which has no place in Slack yet.");
        }
    }

    private void Line(TextLine line)
    {
        if (line.Text.Length == 0)
            return;

        if (line.Loud && !_hasHeader && line.Text.Length <= LongestHeader)
        {
            _hasHeader = true;
            Keep(Block.Header(line.Text));
        }
        else if (line.Quiet)
        {
            FlushLines();
            FlushFacts();
            _quiet.Add(line.Text);
        }
        else
        {
            FlushQuiet();
            FlushFacts();
            _lines.Add(line);
        }
    }

    private void Fact(string title, string value)
    {
        FlushLines();
        FlushQuiet();
        _facts.Add((title, value.Length > 0 ? value : "–"));
    }

    /// <summary>A label beside a value is a fact; a picture stands beside its words; anything else goes below each other.</summary>
    private void Columns(IReadOnlyList<JsonObject> columns)
    {
        var items = columns.Select(column => column.Children("items").ToList()).ToList();
        var isText = items.All(column => column.All(item => item.Kind() is "TextBlock" or "RichTextBlock"));
        if (isText && items is [[var label], [var value]] && !TextLine.Of(label).Loud)
        {
            Fact(TextLine.Of(label).Text, TextLine.Of(value).Text);
            return;
        }

        if (items is [[var image], var words] && image.Is("type", "Image") && words.All(item => item.Kind() is "TextBlock" or "RichTextBlock"))
        {
            Beside(image, [.. words.Select(TextLine.Of)]);
            return;
        }

        foreach (var column in items)
            Visit(column);
    }

    private void Beside(JsonObject image, IReadOnlyList<TextLine> words)
    {
        var section = Block.Section(string.Join('\n', words.Select(line => SlackText.Escape(line.Text))));
        if (PictureOf(image) is SlackPicture.File file)
            section["accessory"] = Block.Image(file.Id, image.Text("altText"));

        Keep(section);
    }

    private void Picture(JsonObject image)
    {
        var picture = PictureOf(image);
        if (picture is SlackPicture.File file)
        {
            Keep(Block.Image(file.Id, image.Text("altText")));
            return;
        }

        if (picture is SlackPicture.Chart { Numbers: var numbers })
            Keep(Block.Chart(numbers));

        Line(new TextLine([new TextRun(image.Text("altText"), false, false)], Quiet: true, Loud: false));
    }

    private SlackPicture? PictureOf(JsonObject image) => pictures.GetValueOrDefault(image.Text("url"));

    private void Keep(JsonObject block)
    {
        Flush();
        _blocks.Add(block);
    }

    private void Divide()
    {
        Flush();
        if (_blocks.Count > 0 && !_blocks[^1].Is("type", "divider"))
            _blocks.Add(Block.Divider());
    }

    private void Flush()
    {
        FlushLines();
        FlushQuiet();
        FlushFacts();
    }

    private void FlushLines()
    {
        if (_lines.Count > 0)
            _blocks.Add(Block.Lines(_lines));

        _lines.Clear();
    }

    private void FlushQuiet()
    {
        foreach (var part in _quiet.Chunk(MostContext))
            _blocks.Add(Block.Context(part));

        _quiet.Clear();
    }

    private void FlushFacts()
    {
        foreach (var part in _facts.Chunk(MostFacts))
            _blocks.Add(Block.Fields(part));

        _facts.Clear();
    }
}
