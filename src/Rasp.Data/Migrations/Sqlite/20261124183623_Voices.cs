using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rasp.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Voices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Respondents_AssessmentId",
                table: "Respondents");

            migrationBuilder.AddColumn<long>(
                name: "AddedAt",
                table: "Respondents",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "AskedAgainAt",
                table: "Respondents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AskedAgainNote",
                table: "Respondents",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "BegunAt",
                table: "Respondents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DoneAt",
                table: "Respondents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Kind",
                table: "Respondents",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "Respondents",
                type: "TEXT",
                maxLength: 320,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PersonId",
                table: "Respondents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RemindedAt",
                table: "Respondents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RemovedAt",
                table: "Respondents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Scope",
                table: "Respondents",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RespondentId",
                table: "Invitations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Attribution",
                table: "Assessments",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AgreedAnswers",
                columns: table => new
                {
                    AssessmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Question = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Choice = table.Column<short>(type: "INTEGER", nullable: false),
                    Stance = table.Column<short>(type: "INTEGER", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: true),
                    Evidence = table.Column<string>(type: "TEXT", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    Minority = table.Column<string>(type: "TEXT", nullable: true),
                    How = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgreedAnswers", x => new { x.AssessmentId, x.Question });
                    table.ForeignKey(
                        name: "FK_AgreedAnswers_Assessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "Assessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OpenedAnswers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AssessmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Question = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    View = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    IsBySide = table.Column<bool>(type: "INTEGER", nullable: false),
                    RespondentId = table.Column<Guid>(type: "TEXT", nullable: true),
                    IsKnown = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsLeadership = table.Column<bool>(type: "INTEGER", nullable: false),
                    Choice = table.Column<short>(type: "INTEGER", nullable: false),
                    Stance = table.Column<short>(type: "INTEGER", nullable: true),
                    HasEvidence = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OpenedAnswers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OpenedAnswers_Assessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "Assessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_OpenedAnswers_Respondents_RespondentId",
                        column: x => x.RespondentId,
                        principalTable: "Respondents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "SignOffs",
                columns: table => new
                {
                    AssessmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Area = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignOffs", x => new { x.AssessmentId, x.Area });
                    table.ForeignKey(
                        name: "FK_SignOffs_Assessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "Assessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Respondents_AssessmentId_PersonId",
                table: "Respondents",
                columns: new[] { "AssessmentId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Respondents_PersonId",
                table: "Respondents",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_RespondentId",
                table: "Invitations",
                column: "RespondentId");

            migrationBuilder.CreateIndex(
                name: "IX_OpenedAnswers_AssessmentId_Question_View",
                table: "OpenedAnswers",
                columns: new[] { "AssessmentId", "Question", "View" });

            migrationBuilder.CreateIndex(
                name: "IX_OpenedAnswers_RespondentId",
                table: "OpenedAnswers",
                column: "RespondentId");

            migrationBuilder.AddForeignKey(
                name: "FK_Invitations_Respondents_RespondentId",
                table: "Invitations",
                column: "RespondentId",
                principalTable: "Respondents",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_Respondents_People_PersonId",
                table: "Respondents",
                column: "PersonId",
                principalTable: "People",
                principalColumn: "Id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Invitations_Respondents_RespondentId",
                table: "Invitations");

            migrationBuilder.DropForeignKey(
                name: "FK_Respondents_People_PersonId",
                table: "Respondents");

            migrationBuilder.DropTable(
                name: "AgreedAnswers");

            migrationBuilder.DropTable(
                name: "OpenedAnswers");

            migrationBuilder.DropTable(
                name: "SignOffs");

            migrationBuilder.DropIndex(
                name: "IX_Respondents_AssessmentId_PersonId",
                table: "Respondents");

            migrationBuilder.DropIndex(
                name: "IX_Respondents_PersonId",
                table: "Respondents");

            migrationBuilder.DropIndex(
                name: "IX_Invitations_RespondentId",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "AddedAt",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "AskedAgainAt",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "AskedAgainNote",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "BegunAt",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "DoneAt",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "PersonId",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "RemindedAt",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "RemovedAt",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "Scope",
                table: "Respondents");

            migrationBuilder.DropColumn(
                name: "RespondentId",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "Attribution",
                table: "Assessments");

            migrationBuilder.CreateIndex(
                name: "IX_Respondents_AssessmentId",
                table: "Respondents",
                column: "AssessmentId");
        }
    }
}
