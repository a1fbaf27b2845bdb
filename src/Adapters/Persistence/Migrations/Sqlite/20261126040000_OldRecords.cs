using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOpsCampaigns.Adapters.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OldRecords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Settled",
                table: "Alerts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.Sql("UPDATE \"Alerts\" SET \"Settled\" = \"Accepted\"");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_At",
                table: "Alerts",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Feed_At",
                table: "Feed",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Feed_Campaign_At",
                table: "Feed",
                columns: new[] { "Campaign", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Alerts_At",
                table: "Alerts");

            migrationBuilder.DropIndex(
                name: "IX_Feed_At",
                table: "Feed");

            migrationBuilder.DropIndex(
                name: "IX_Feed_Campaign_At",
                table: "Feed");

            migrationBuilder.DropColumn(
                name: "Settled",
                table: "Alerts");
        }
    }
}
