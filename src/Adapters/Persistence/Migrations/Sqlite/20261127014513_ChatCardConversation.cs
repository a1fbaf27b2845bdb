using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOpsCampaigns.Adapters.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ChatCardConversation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Conversation",
                table: "ChatCards",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Conversation",
                table: "ChatCards");
        }
    }
}
