using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOpsCampaigns.Adapters.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ClosedAt",
                table: "Incidents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Quiet",
                table: "Decisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Turns",
                table: "Decisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "Handles",
                columns: table => new
                {
                    Workspace = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Last = table.Column<long>(type: "INTEGER", nullable: false),
                    AdAccount = table.Column<string>(type: "TEXT", nullable: true),
                    Person = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Handles", x => new { x.Workspace, x.Kind });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Readings_ReadAt",
                table: "Readings",
                column: "ReadAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Handles");

            migrationBuilder.DropIndex(
                name: "IX_Readings_ReadAt",
                table: "Readings");

            migrationBuilder.DropColumn(
                name: "ClosedAt",
                table: "Incidents");

            migrationBuilder.DropColumn(
                name: "Quiet",
                table: "Decisions");

            migrationBuilder.DropColumn(
                name: "Turns",
                table: "Decisions");
        }
    }
}
