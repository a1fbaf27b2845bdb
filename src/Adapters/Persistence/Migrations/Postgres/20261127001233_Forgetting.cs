using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOpsCampaigns.Adapters.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Forgetting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Removed",
                table: "Audit",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Removed",
                table: "Audit");
        }
    }
}
