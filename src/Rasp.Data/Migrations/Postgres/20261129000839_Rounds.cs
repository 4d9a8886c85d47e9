using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rasp.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Rounds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Rounds_ProgrammeId_Number",
                table: "Rounds");

            migrationBuilder.AddColumn<Guid>(
                name: "BaseRoundId",
                table: "Rounds",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "CandidateId",
                table: "Rounds",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CheckEveryMonths",
                table: "Programmes",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "NextCheckOn",
                table: "Programmes",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AgainOf",
                table: "Assessments",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CarriedAnswers",
                columns: table => new
                {
                    AssessmentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Question = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Choice = table.Column<short>(type: "smallint", nullable: false),
                    Stance = table.Column<short>(type: "smallint", nullable: true),
                    Note = table.Column<string>(type: "text", nullable: true),
                    Evidence = table.Column<string>(type: "text", nullable: true),
                    IsRevised = table.Column<bool>(type: "boolean", nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    IsLeftOut = table.Column<bool>(type: "boolean", nullable: false)
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

            migrationBuilder.CreateTable(
                name: "JoiningConsents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RoundId = table.Column<Guid>(type: "uuid", nullable: false),
                    BaseRoundId = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Depth = table.Column<int>(type: "integer", nullable: false),
                    IsWithdrawal = table.Column<bool>(type: "boolean", nullable: false),
                    Wording = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JoiningConsents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_JoiningConsents_Organisations_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "Organisations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_JoiningConsents_Rounds_RoundId",
                        column: x => x.RoundId,
                        principalTable: "Rounds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "JoiningOutcomes",
                columns: table => new
                {
                    RoundId = table.Column<Guid>(type: "uuid", nullable: false),
                    End = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JoiningOutcomes", x => x.RoundId);
                    table.ForeignKey(
                        name: "FK_JoiningOutcomes_Rounds_RoundId",
                        column: x => x.RoundId,
                        principalTable: "Rounds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Rounds_CandidateId",
                table: "Rounds",
                column: "CandidateId");

            migrationBuilder.CreateIndex(
                name: "IX_Rounds_ProgrammeId_Number",
                table: "Rounds",
                columns: new[] { "ProgrammeId", "Number" },
                unique: true,
                filter: "\"CandidateId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Programmes_NextCheckOn",
                table: "Programmes",
                column: "NextCheckOn");

            migrationBuilder.CreateIndex(
                name: "IX_JoiningConsents_OrganisationId",
                table: "JoiningConsents",
                column: "OrganisationId");

            migrationBuilder.CreateIndex(
                name: "IX_JoiningConsents_RoundId_OrganisationId_Number",
                table: "JoiningConsents",
                columns: new[] { "RoundId", "OrganisationId", "Number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CarriedAnswers");

            migrationBuilder.DropTable(
                name: "JoiningConsents");

            migrationBuilder.DropTable(
                name: "JoiningOutcomes");

            migrationBuilder.DropIndex(
                name: "IX_Rounds_CandidateId",
                table: "Rounds");

            migrationBuilder.DropIndex(
                name: "IX_Rounds_ProgrammeId_Number",
                table: "Rounds");

            migrationBuilder.DropIndex(
                name: "IX_Programmes_NextCheckOn",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "BaseRoundId",
                table: "Rounds");

            migrationBuilder.DropColumn(
                name: "CandidateId",
                table: "Rounds");

            migrationBuilder.DropColumn(
                name: "CheckEveryMonths",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "NextCheckOn",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "AgainOf",
                table: "Assessments");

            migrationBuilder.CreateIndex(
                name: "IX_Rounds_ProgrammeId_Number",
                table: "Rounds",
                columns: new[] { "ProgrammeId", "Number" },
                unique: true);
        }
    }
}
