using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rasp.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Rounds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "CheckEveryMonths",
                table: "Programmes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "NextCheckOn",
                table: "Programmes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AgainOf",
                table: "Assessments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CarriedAnswers",
                columns: table => new
                {
                    AssessmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Question = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Choice = table.Column<short>(type: "INTEGER", nullable: false),
                    Stance = table.Column<short>(type: "INTEGER", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: true),
                    Evidence = table.Column<string>(type: "TEXT", nullable: true),
                    IsRevised = table.Column<bool>(type: "INTEGER", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    IsLeftOut = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CarriedAnswers", x => new { x.AssessmentId, x.Question });
                    table.ForeignKey(
                        name: "FK_CarriedAnswers_Assessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "Assessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Programmes_NextCheckOn",
                table: "Programmes",
                column: "NextCheckOn");

            migrationBuilder.CreateIndex(
                name: "IX_Assessments_AgainOf",
                table: "Assessments",
                column: "AgainOf");

            migrationBuilder.AddForeignKey(
                name: "FK_Assessments_Assessments_AgainOf",
                table: "Assessments",
                column: "AgainOf",
                principalTable: "Assessments",
                principalColumn: "Id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Assessments_Assessments_AgainOf",
                table: "Assessments");

            migrationBuilder.DropTable(
                name: "CarriedAnswers");

            migrationBuilder.DropIndex(
                name: "IX_Programmes_NextCheckOn",
                table: "Programmes");

            migrationBuilder.DropIndex(
                name: "IX_Assessments_AgainOf",
                table: "Assessments");

            migrationBuilder.DropColumn(
                name: "CheckEveryMonths",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "NextCheckOn",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "AgainOf",
                table: "Assessments");
        }
    }
}
