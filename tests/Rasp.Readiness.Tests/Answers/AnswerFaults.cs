using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Tests.Instruments;

namespace Rasp.Readiness.Tests.Answers;

/// <summary>An answer file broken in one way at a time, and what looks broken and is not.</summary>
public sealed class AnswerFaults
{
    private const string Required = "organisation,round,respondent,question,answer";
    private const string Header = Required + ",stance,note\n";
    private const string Right = "write a level from 1 to 3, dk for don't know, or na for not applicable";

    private static readonly Instrument Small = Core.Read(InstrumentFaults.Small).Value();

    [Theory]
    [InlineData(
        "organisation,round,respondent,question\nPowys,2026-01,p1,a.t.q\n",
        "1:1 the column answer is missing; the first line must name " + Required)]
    [InlineData(
        "organisation,respondent,answer\n",
        "1:1 the column round is missing; the first line must name " + Required,
        "1:1 the column question is missing; the first line must name " + Required)]
    [InlineData(
        "organisation,round,respondent,question,answr\nPowys,2026-01,p1,a.t.q,3\n",
        "1:1 the column answer is missing; the first line must name " + Required,
        "1:40 there is no column 'answr'; did you mean 'answer'?")]
    [InlineData(
        "organisation,round,respondent,question,answer,colour\nPowys,2026-01,p1,a.t.q,3,red\n",
        "1:47 there is no column 'colour'; known are organisation, round, respondent, question, answer, role, stance, note, evidence")]
    [InlineData(
        "organisation,round,respondent,question,answer,round\nPowys,2026-01,p1,a.t.q,3,2026-01\n",
        "1:47 the column round stands here a second time; keep one of them")]
    [InlineData(
        "organisation,round,respondent,question,answer,\nPowys,2026-01,p1,a.t.q,3,\n",
        "1:47 a column without a name stands here; name it, or take it out")]
    [InlineData(
        "organisation;round;respondent;question;answer\nPowys;2026-01;p1;a.t.q;3\nPowys;2026-01;p1;a.t.q;3,5\n",
        "1:1 the columns here are not separated by commas; save the answers with commas between the cells")]
    [InlineData(
        "organisation\tround\trespondent\tquestion\tanswer\nPowys\t2026-01\tp1\ta.t.q\t3\n",
        "1:1 the columns here are not separated by commas; save the answers with commas between the cells")]
    [InlineData("Powys,2026-01,p1,a.t.q,3,fixed,\n", "1:1 the first line names none of the columns; it must name " + Required)]
    [InlineData("id: small\nversion: 1.0.0\n", "1:1 the first line names none of the columns; it must name " + Required)]
    public void The_first_line_must_name_the_columns(string csv, params string[] faults) => AssertFaults(Sheets(csv), faults);

    [Theory]
    [InlineData("", "1:1 the file is empty; its first line must name the columns " + Required + ",role,stance,note,evidence")]
    [InlineData("\n\r\n\r", "1:1 the file is empty; its first line must name the columns " + Required + ",role,stance,note,evidence")]
    public void An_empty_file_is_a_fault(string csv, params string[] faults) => AssertFaults(Sheets(csv), faults);

    [Theory]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,0,fixed,\n", "2:24 the level '0' is out of range; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,4,fixed,\n", "2:24 the level '4' is out of range; " + Right)]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,12345678901234567890,fixed,\n",
        "2:24 the level '12345678901234567890' is out of range; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,3.5,fixed,\n", "2:24 '3.5' is no answer; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,3.0,fixed,\n", "2:24 '3.0' is no answer; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,-1,fixed,\n", "2:24 '-1' is no answer; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,+1,fixed,\n", "2:24 '+1' is no answer; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,DK,fixed,\n", "2:24 'DK' is no answer; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,Na,fixed,\n", "2:24 'Na' is no answer; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,n/a,fixed,\n", "2:24 'n/a' is no answer; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,three,fixed,\n", "2:24 'three' is no answer; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,1e0,fixed,\n", "2:24 '1e0' is no answer; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,²,fixed,\n", "2:24 '²' is no answer; " + Right)]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q, ,fixed,\n", "2:24 the answer is empty; " + Right + ", or leave the line out")]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,,fixed,\n", "2:24 the answer is empty; " + Right + ", or leave the line out")]
    public void An_answer_is_a_level_dk_or_na(string csv, params string[] faults) => AssertFaults(Sheets(csv), faults);

    [Theory]
    [InlineData(Header + "Powys,2026-01,p1,a.t.p,3,fixed,\n", "2:18 small 1.0.0 has no question 'a.t.p'; did you mean 'a.t.q'?")]
    [InlineData(Header + "Powys,2026-01,p1,a.t.question,3,fixed,\n", "2:18 small 1.0.0 has no question 'a.t.question'; known are a.t.q")]
    [InlineData(Header + "Powys,2026-01,p1,A.T.Q,3,fixed,\n", "2:18 small 1.0.0 has no question 'A.T.Q'; did you mean 'a.t.q'?")]
    [InlineData(Header + "Powys,2026-01,p1,a.t,3,fixed,\n", "2:18 small 1.0.0 has no question 'a.t'; did you mean 'a.t.q'?")]
    [InlineData(Header + "Powys,2026-01,p1,,3,fixed,\n", "2:18 the question is empty; write its key in full, as area.theme.question")]
    [InlineData(Header + "Powys,2026-01,p1,a t q,3,fixed,\n", "2:18 small 1.0.0 has no question 'a t q'; did you mean 'a.t.q'?")]
    [InlineData(Header + "Powys,2026-01,p1,q,3,fixed,\n", "2:18 small 1.0.0 has no question 'q'; did you mean 'a.t.q'?")]
    public void A_question_is_one_of_the_instruments(string csv, params string[] faults) => AssertFaults(Sheets(csv), faults);

    [Theory]
    [InlineData(Header + ",2026-01,p1,a.t.q,3,fixed,\n", "2:1 the organisation is empty; write whose answer this is")]
    [InlineData(Header + "Powys, ,p1,a.t.q,3,fixed,\n", "2:7 the round is empty; write when this was answered, such as 2026-01")]
    [InlineData(Header + "Powys,2026-01,',a.t.q,3,fixed,\n", "2:15 the respondent is empty; write who answered, or agreed")]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,3,Fixed,\n", "2:26 'Fixed' is no stance; write fixed, negotiable, open, or nothing")]
    [InlineData(Header + "Powys,2026-01,p1,a.t.q,3,firm,\n", "2:26 'firm' is no stance; write fixed, negotiable, open, or nothing")]
    [InlineData(
        Header + "Powys,Jan-26,p1,a.t.q,3,fixed,\n",
        "2:7 a spreadsheet seems to have turned the round into 'Jan-26'; write 2026-01 and give the column the format Text first")]
    [InlineData(
        Header + "Powys,01/07/2026,p1,a.t.q,3,fixed,\n",
        "2:7 a spreadsheet seems to have turned the round into '01/07/2026'; write a name such as 2026-01 and give the column the format Text first")]
    [InlineData(
        Header + "Powys,sep-07,p1,a.t.q,3,fixed,\n",
        "2:7 a spreadsheet seems to have turned the round into 'sep-07'; write 2007-09 and give the column the format Text first")]
    [InlineData(
        Header + ",,,,,firm,\n",
        "2:1 the organisation is empty; write whose answer this is",
        "2:2 the round is empty; write when this was answered, such as 2026-01",
        "2:3 the respondent is empty; write who answered, or agreed",
        "2:4 the question is empty; write its key in full, as area.theme.question",
        "2:6 'firm' is no stance; write fixed, negotiable, open, or nothing")]
    public void Organisation_round_respondent_and_stance_must_be_right(string csv, params string[] faults) => AssertFaults(Sheets(csv), faults);

    [Theory]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,3,fixed,\nPowys,2026-01,p1,a.t.q,3,fixed,\n",
        "3:18 'p1' of 'Powys' has already answered this question in this round (line 2); keep one of the two")]
    [InlineData(
        Header + " Powys ,2026-01,p1,a.t.q,3,fixed,\nPowys,2026-01,p1,a.t.q,dk,fixed,\n",
        "3:18 'p1' of 'Powys' has already answered this question in this round (line 2); keep one of the two")]
    [InlineData(
        Header + "Powys,2026-01,agreed,a.t.q,3,fixed,\nPowys,2026-01,agreed,a.t.q,na,fixed,\n",
        "3:22 'agreed' of 'Powys' has already answered this question in this round (line 2); keep one of the two")]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,3,fixed,\nPowys,2026-01,p2,a.t.q,3,fixed,\npowys,2026-01,p1,a.t.q,3,fixed,\nPowys,2026-07,p1,a.t.q,3,fixed,\nPowys,2026-01,p1,a.t.q,3,fixed,\n",
        "6:18 'p1' of 'Powys' has already answered this question in this round (line 2); keep one of the two")]
    public void Nobody_answers_a_question_twice(string csv, params string[] faults) => AssertFaults(Sheets(csv), faults);

    [Theory]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,3,fixed\n",
        "2:1 this line has 6 cells where the header has 7; write a comma for each cell, empty ones too")]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,3,fixed,one, two\n",
        "2:1 this line has 8 cells where the header has 7; put cells that hold a comma in quotes")]
    [InlineData(Header + "Powys\n", "2:1 this line has 1 cell where the header has 7; write a comma for each cell, empty ones too")]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,3,fixed,\n\n\nPowys,2026-01\n",
        "5:1 this line has 2 cells where the header has 7; write a comma for each cell, empty ones too")]
    public void Every_line_has_as_many_cells_as_the_header(string csv, params string[] faults) => AssertFaults(Sheets(csv), faults);

    [Theory]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,3,fixed,\"never\nclosed\n",
        "2:32 the quotation mark that opens this cell is never closed; close it, and write a mark inside the cell twice")]
    [InlineData(
        Header + "\"Powys,2026-01,p1,a.t.q,3,fixed,\nPowys,2026-01,p2,a.t.q,3,fixed,\n",
        "2:1 the quotation mark that opens this cell is never closed; close it, and write a mark inside the cell twice")]
    [InlineData(
        "organisation,\"round\n",
        "1:14 the quotation mark that opens this cell is never closed; close it, and write a mark inside the cell twice")]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,3,fixed,\"one\" two\n",
        "2:37 after a closing quotation mark only a comma or the end of the line may follow; write a mark inside the cell twice")]
    [InlineData(
        Header + "\"Po\"wys,2026-01,p1,a.t.q,3,fixed,\n",
        "2:5 after a closing quotation mark only a comma or the end of the line may follow; write a mark inside the cell twice")]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,3,fixed,the \"big\" one\n",
        "2:36 a quotation mark stands inside a cell that is not in quotes; put the whole cell in quotes and write each mark inside it twice")]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,3,fixed,5\" pipe\n",
        "2:33 a quotation mark stands inside a cell that is not in quotes; put the whole cell in quotes and write each mark inside it twice")]
    [InlineData(
        Header + "Powys,2026-01,p1,a.t.q,9,fixed, \"x\"\n",
        "2:24 the level '9' is out of range; " + Right,
        "2:33 a quotation mark stands inside a cell that is not in quotes; put the whole cell in quotes and write each mark inside it twice")]
    public void Quotation_marks_are_closed_and_doubled(string csv, params string[] faults) => AssertFaults(Sheets(csv), faults);

    [Theory]
    [InlineData(
        "organisation,round,respondent,question,answer,stance,note\r\n\"Po\r\nwys\",2026-01,p1,a.t.q,9,fixed,\"x\ny\rz\"\r\nPowys,2026-01,p1,a.t.q,8,fixed,\r\n",
        "3:23 the level '9' is out of range; " + Right,
        "6:24 the level '8' is out of range; " + Right)]
    [InlineData(
        "organisation,round,respondent,question,answer,stance,note\rPowys,2026-01,p1,a.t.q,3,fixed,\rPowys,2026-01,p2,a.t.q,9,fixed,\r",
        "3:24 the level '9' is out of range; " + Right)]
    [InlineData(
        "\uFEFForganisation,round,respondent,question,answer,stance,note\nPowys,2026-01,p1,a.t.q,9,fixed,\n",
        "2:24 the level '9' is out of range; " + Right)]
    [InlineData(Header + "\n\r\n,,,,,,\nPowys,2026-01,p1,a.t.q,9,fixed,\n", "5:24 the level '9' is out of range; " + Right)]
    [InlineData(
        Header + " Powys , 2026-01,\"p1\" ,a.t.q, 9,fixed,\n",
        "2:22 after a closing quotation mark only a comma or the end of the line may follow; write a mark inside the cell twice",
        "2:30 the level '9' is out of range; " + Right)]
    [InlineData(Header + "\"Ynys, Môn\",2026-01,\"p \"\"1\"\"\",a.t.q,9,fixed,\n", "2:37 the level '9' is out of range; " + Right)]
    public void Places_count_line_breaks_within_cells_and_of_every_kind(string csv, params string[] faults) => AssertFaults(Sheets(csv), faults);

    [Theory]
    [InlineData(
        Header + ",2026-01,p1,a.t.q,9,firm,\nPowys,2026-01,p1,a.t.p,DK,fixed,\nPowys\nPowys,Jan-26,,a.t.q,3,fixed,\nPowys,2026-01,p1,a.t.q,3,fixed,\nPowys,2026-01,p1,a.t.q,3,fixed,\nPowys,\"2026\n",
        "2:1 the organisation is empty; write whose answer this is",
        "2:19 the level '9' is out of range; " + Right,
        "2:21 'firm' is no stance; write fixed, negotiable, open, or nothing",
        "3:18 small 1.0.0 has no question 'a.t.p'; did you mean 'a.t.q'?",
        "3:24 'DK' is no answer; " + Right,
        "4:1 this line has 1 cell where the header has 7; write a comma for each cell, empty ones too",
        "5:7 a spreadsheet seems to have turned the round into 'Jan-26'; write 2026-01 and give the column the format Text first",
        "5:14 the respondent is empty; write who answered, or agreed",
        "7:18 'p1' of 'Powys' has already answered this question in this round (line 6); keep one of the two",
        "8:7 the quotation mark that opens this cell is never closed; close it, and write a mark inside the cell twice")]
    public void All_faults_are_told_in_their_order(string csv, params string[] faults) => AssertFaults(Sheets(csv), faults);

    [Fact]
    public void Nobody_answers_a_question_twice_in_different_files_either() => Assert.Equal(
        ["answers-2.csv:2:18: error: 'p1' of 'Powys' has already answered this question in this round (answers.csv, line 3); keep one of the two"],
        Sheets(Header + "\nPowys,2026-01,p1,a.t.q,3,fixed,\n", Header + "Powys,2026-01,p1,a.t.q,2,fixed,\n").Faults.Select(f => f.ToString()));

    [Fact]
    public void Faults_of_all_files_are_told() => Assert.Equal(
        ["answers-2.csv:1:1", "answers-3.csv:2:24", "answers.csv:2:24"],
        Sheets(Header + "Powys,2026-01,p1,a.t.q,9,fixed,\n", "", Header + "Powys,2026-01,p1,a.t.q,8,fixed,\n")
            .Faults.Select(f => $"{f.Path}:{f.Line}:{f.Column}"));

    [Theory]
    [InlineData(new byte[] { (byte)'M', 0xF4, (byte)'n' }, "1:2 the byte 0xF4 here is not UTF-8; ")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'o', 0 }, "1:1 this text is in UTF-16; ")]
    [InlineData(new byte[] { (byte)'o', 0, (byte)'r', 0 }, "1:2 a zero byte stands here, so this is not UTF-8 text; ")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 20, 0 }, "1:1 this is a zip archive or an Office document, not text; ")]
    public void What_is_not_UTF_8_text_says_what_it_is(byte[] bytes, string fault) => AssertFaults(
        AnswerCsv.Parse([new("answers.csv", bytes)]).Sheets(_ => Small),
        fault + "save the answers as CSV in UTF-8 (in Excel: Save As, CSV UTF-8)");

    [Fact]
    public void A_fault_is_one_line_whatever_the_file_holds() => Assert.Equal(
        @"answers.csv:2:22: error: small 1.0.0 has no question 'a\nb\u0007'; known are a.t.q",
        Assert.Single(Sheets(Header + "Powys,2026-01,\"p\"\"1\",\"    a\nb\u0007\",3,fixed,\n").Faults).ToString());

    [Theory]
    [InlineData("organisation,round,respondent,question,answer\r\nPowys,2026-01,p1,a.t.q,3\r\n")]
    [InlineData("organisation,round,respondent,question,answer\rPowys,2026-01,p1,a.t.q,3")]
    [InlineData("organisation,round,respondent,question,answer\n\n\nPowys,2026-01,p1,a.t.q,3\n,,,,\n \n\n")]
    [InlineData("\uFEFForganisation,round,respondent,question,answer\nPowys,2026-01,p1,a.t.q,3\n")]
    [InlineData("answer,note,question,role,round,evidence,respondent,organisation,stance\n3,,a.t.q,,2026-01,,p1,Powys,\n")]
    [InlineData("\"organisation\",\"round\",\"respondent\",\"question\",\"answer\"\n\"Powys\",\"2026-01\",\"p1\",\"a.t.q\",\"3\"\n")]
    [InlineData(" Organisation , round,respondent,question,ANSWER\n Powys,2026-01 ,\tp1,a.t.q , 3 \n")]
    [InlineData("organisation,round,respondent,question,answer\n'Powys,'2026-01,p1,'a.t.q,'3\n")]
    public void The_same_answer_written_in_other_ways(string csv)
    {
        var sheet = Assert.Single(Sheets(csv).Value());
        Assert.Equal(("Powys", "2026-01"), (sheet.Organisation, sheet.Round));
        var respondent = Assert.Single(sheet.Respondents);
        Assert.Equal(("p1", 3), (respondent.Name, Assert.Single(respondent.Answers).Value.Choice.Level));
    }

    [Fact]
    public void Quotes_commas_and_line_breaks_stand_in_quoted_cells()
    {
        var sheet = Assert.Single(Sheets(Header + "\"Ynys Môn, the \"\"island\"\"\",2026-01,p1,a.t.q,3,,\"one\r\ntwo\rthree\nfour\"\n").Value());
        Assert.Equal("Ynys Môn, the \"island\"", sheet.Organisation);
        Assert.Equal("one\r\ntwo\rthree\nfour", sheet.Respondents[0].Answers["a.t.q"].Note);
    }

    [Theory]
    [InlineData("'=1+1", "=1+1")]
    [InlineData("=1+1", "=1+1")]
    [InlineData("''quoted'", "'quoted'")]
    [InlineData("'quoted'", "quoted'")]
    [InlineData("-", "-")]
    [InlineData("'", null)]
    [InlineData(" ' ", null)]
    public void Reading_takes_off_one_guard(string written, string? read) =>
        Assert.Equal(read, Sheets(Header + $"Powys,2026-01,p1,a.t.q,3,,{written}\n").Value()[0].Respondents[0].Answers["a.t.q"].Note);

    [Fact]
    public void A_header_alone_holds_no_answers_and_no_fault() => Assert.Empty(Sheets(Header).Value());

    [Fact]
    public void Rounds_and_organisations_are_known_before_the_instrument_is()
    {
        var csv = AnswerCsv.Parse([Core.File("answers.csv", Header + "b,2,p,x,1,,\nB,1,p,y,2,,\nb,10,p,z,3,,\n")]);
        Assert.Equal(["1", "10", "2"], csv.Rounds);
        Assert.Equal(["B", "b"], csv.Organisations);
    }

    [Fact]
    public void Sheets_come_by_round_then_organisation_and_respondents_as_they_came() => Assert.Equal(
        ["1 b: q p", "2 B: p", "2 b: p"],
        Sheets(Header + "b,2,p,a.t.q,1,,\nb,1,q,a.t.q,2,,\nB,2,p,a.t.q,3,,\nb,1,p,a.t.q,na,,\nb,1,agreed,a.t.q,dk,,\n").Value()
            .Select(s => $"{s.Round} {s.Organisation}: {string.Join(' ', s.Respondents.Select(r => r.Name))}"));

    [Fact]
    public void The_role_of_a_respondent_is_the_first_that_is_given() => Assert.Equal(
        "finance",
        Sheets("organisation,round,respondent,question,answer,role\nP,1,p,a.t.q,1,finance\n").Value()[0].Respondents[0].Role);

    private static Reading<IReadOnlyList<AnswerSheet>> Sheets(params IEnumerable<string> csv) => Core.Sheets(Small, csv);

    private static void AssertFaults(Reading<IReadOnlyList<AnswerSheet>> reading, params string[] faults)
    {
        Assert.Null(reading.Value);
        Assert.Equal(faults, reading.Faults.Select(f => $"{f.Line}:{f.Column} {f.Message}"));
    }
}
