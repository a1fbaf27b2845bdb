using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Bot.Endpoints;
using ChatOpsCampaigns.Bot.Inbox;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class WebChatServices
{
    /// <summary>The local browser chat and the durable inbox behind it.</summary>
    public static IServiceCollection AddWebChat(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(CardTemplates.Load(CardFolder(configuration)))
        .AddSingleton<WebChatRenderer>()
        .AddSingleton<ConversationHub>()
        .AddSingleton<LocalSessions>()
        .AddSingleton<IChatChannel, WebChatChannel>()
        .AddSingleton<ChatDesk>()
        .AddSingleton<TurnWorker>()
        .AddHostedService(provider => provider.GetRequiredService<TurnWorker>());

    /// <summary>The templates travel beside the program.</summary>
    private static string CardFolder(IConfiguration configuration) => configuration["Cards:Folder"] ?? Path.Combine(AppContext.BaseDirectory, "cards");
}
