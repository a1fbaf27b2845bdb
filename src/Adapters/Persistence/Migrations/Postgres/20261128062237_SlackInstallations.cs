using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOpsCampaigns.Adapters.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SlackInstallations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SecretKeys",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    Workspace = table.Column<string>(type: "text", nullable: false),
                    AdAccount = table.Column<string>(type: "text", nullable: true),
                    Person = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SecretKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SlackInstallations",
                columns: table => new
                {
                    Team = table.Column<string>(type: "text", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    Tokens = table.Column<string>(type: "text", nullable: true),
                    Generation = table.Column<int>(type: "integer", nullable: false),
                    RenewingUntil = table.Column<long>(type: "bigint", nullable: false),
                    Workspace = table.Column<string>(type: "text", nullable: false),
                    AdAccount = table.Column<string>(type: "text", nullable: true),
                    Person = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlackInstallations", x => x.Team);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SecretKeys");

            migrationBuilder.DropTable(
                name: "SlackInstallations");
        }
    }
}
