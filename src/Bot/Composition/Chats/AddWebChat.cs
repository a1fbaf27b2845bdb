using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Bot.Endpoints;
using ChatOpsCampaigns.Bot.Inbox;
using ChatOpsCampaigns.Bot.Jobs.Talking;
using ChatOpsCampaigns.Dialogs.Chat.Places;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Composition.Chats;

internal static class WebChatServices
{
    /// <summary>The local browser chat and the durable inbox behind it.</summary>
    public static IServiceCollection AddWebChat(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(CardTemplates.Load(CardFolder(configuration)))
        .AddSingleton<WebChatRenderer>()
        .AddSingleton<ConversationHub>()
        .AddSingleton<LocalSessions>()
        .AddSingleton<IChatChannel, WebChatChannel>()
        .AddSingleton<IRooms, LocalRooms>()
        .AddSingleton<Outbox>()
        .AddSingleton<ShutPlaces>()
        .AddSingleton<SharedRooms>()
        .AddSingleton<Elsewhere>()
        .AddSingleton<ChatDesk>()
        .AddHostedService<OutboxWorker>()
        .AddSingleton<TurnPace>()
        .AddSingleton<Reception>()
        .AddSingleton<TurnWorker>()
        .AddHostedService(provider => provider.GetRequiredService<TurnWorker>());

    /// <summary>The templates travel beside the program.</summary>
    public static string CardFolder(IConfiguration configuration)
    {
        if (configuration["Cards:Folder"] is not { Length: > 0 } folder)
            return Path.Combine(AppContext.BaseDirectory, "cards");

        return Directory.Exists(folder) && File.Exists(Path.Combine(folder, "help.json"))
            ? folder
            : throw new InvalidOperationException($"Cards:Folder is \"{folder}\"; it has to be a folder that holds the card templates, as cards/ does.");
    }
}
