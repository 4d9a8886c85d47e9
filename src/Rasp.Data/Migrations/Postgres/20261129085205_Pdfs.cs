using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rasp.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Pdfs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Pdfs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: true),
                    AssessmentId = table.Column<Guid>(type: "uuid", nullable: true),
                    Subject = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Reference = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Choice = table.Column<string>(type: "text", nullable: false),
                    Digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    AskedAt = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    ClaimedUntil = table.Column<long>(type: "bigint", nullable: true),
                    Html = table.Column<byte[]>(type: "bytea", nullable: true),
                    File = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pdfs", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Pdfs_Assessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "Assessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Pdfs_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Pdfs_AssessmentId",
                table: "Pdfs",
                column: "AssessmentId");

            migrationBuilder.CreateIndex(
                name: "IX_Pdfs_ExpiresAt",
                table: "Pdfs",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_Pdfs_PersonId",
                table: "Pdfs",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Pdfs_State_AskedAt",
                table: "Pdfs",
                columns: new[] { "State", "AskedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Pdfs");
        }
    }
}
