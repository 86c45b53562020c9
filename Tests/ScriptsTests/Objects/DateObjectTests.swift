import Testing

@testable import Scripts

@Suite struct DateObjectTests {
    private static let date = "ZonedDateTime d = ZonedDateTime.parse('2024-02-29T10:20:30.123Z'); "

    @Test(arguments: [
        ("d.toString()", "2024-02-29T10:20:30.123Z"), ("d.dayOfWeekEnum.value", "4"), ("d.getDayOfWeek().toString()", "THURSDAY"),
        ("d.dayOfWeekEnum.getDisplayName(TextStyle.FULL, Locale.ROOT)", "Thursday"), ("d.month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)", "Feb"),
        ("d.format(DateTimeFormatter.ofPattern(\"yyyy/MM/dd'T'HH:mm:ss.SSS EEE\"))", "2024/02/29T10:20:30.123 Thu"),
        ("d.format(DateTimeFormatter.ISO_LOCAL_DATE)", "2024-02-29"), ("d.toLocalDate().toString()", "2024-02-29"),
        ("d.toLocalTime().toString()", "10:20:30.123"), ("d.truncatedTo(ChronoUnit.HOURS).toString()", "2024-02-29T10:00Z"),
        ("d.plus(1, ChronoUnit.MONTHS).toLocalDate().toString()", "2024-03-29"), ("d.minusYears(1).toLocalDate().toString()", "2023-02-28"),
        ("d.withZoneSameInstant(ZoneId.of('+02:00')).toString()", "2024-02-29T12:20:30.123+02:00"), ("d.withDayOfMonth(1).getDayOfYear()", "32"),
        ("d.get(ChronoField.MINUTE_OF_DAY)", "620"), ("d.toInstant().toEpochMilli()", "1709202030123"), ("d.toEpochSecond()", "1709202030"),
        ("ChronoUnit.DAYS.between(d, d.plusDays(3))", "3"), ("ChronoUnit.MONTHS.between(d, ZonedDateTime.parse('2024-04-28T10:20:30Z'))", "1"),
        ("Duration.between(d, d.plusHours(2)).toMinutes()", "120"), ("d.isAfter(d.minusSeconds(1))", "true"),
        ("LocalDate.parse('2024-02-29').plusDays(1).toString()", "2024-03-01"), ("Instant.ofEpochMilli(0).toString()", "1970-01-01T00:00:00Z"),
        ("ZonedDateTime.of(2024, 2, 29, 1, 2, 3, 0, ZoneId.of('Z')).toInstant().toEpochMilli()", "1709168523000"),
        ("ZonedDateTime.ofInstant(Instant.ofEpochMilli(0), ZoneId.of('UTC')).getYear()", "1970"),
        ("LocalDateTime.parse('2024-02-29 10:20', DateTimeFormatter.ofPattern('yyyy-MM-dd HH:mm')).getMinute()", "20"),
        ("d.format(DateTimeFormatter.ofPattern('D Q e EEEE h a K k'))", "60 1 4 Thursday 10 AM 10 10"),
        ("d.withZoneSameInstant(ZoneId.of('+02:30')).format(DateTimeFormatter.ofPattern('X XX XXX xxx Z VV'))", "+0230 +0230 +02:30 +02:30 +0230 +02:30"),
        ("d.withZoneSameInstant(ZoneId.of('+02:00')).format(DateTimeFormatter.ofPattern('X x'))", "+02 +02"),
        ("d.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)", "2024-02-29T10:20:30Z"),
        ("LocalTime.parse('24:10', DateTimeFormatter.ofPattern('kk:mm')).toString()", "00:10"),
        ("LocalDate.parse('29 FEBRUARY 2024', DateTimeFormatter.ofPattern('d MMMM yyyy')).toString()", "2024-02-29"),
        ("ZonedDateTime.parse('2024-02-29T10:20:30+02:00').toInstant().toString()", "2024-02-29T08:20:30Z"), ("new Date(5L).getTime()", "5"),
        ("DayOfWeek.MONDAY.plus(8).toString()", "TUESDAY"), ("d.lengthOfMonth()", "29"),
    ] as [(String, String)])
    func dates(_ source: String, _ expected: String) throws {
        #expect(try run(Self.date + source) == expected)
    }

    @Test func whatIsNoDate() {
        #expect(fault("ZonedDateTime.parse('x')") == .dateFormat("x"))
        #expect(fault("ZoneId.of('Nowhere/Land')") == .thrown(type: "DateTimeException", message: "Unknown time-zone ID: Nowhere/Land"))
        #expect(fault("LocalDate.parse('2024-13-01', DateTimeFormatter.ofPattern('yyyy-MM-dd'))") == .dateFormat("2024-13-01"))
        #expect(fault("LocalDate.parse('2024-2-9', DateTimeFormatter.ofPattern('yyyy-MM-dd'))") == .dateFormat("2024-2-9"))
        #expect(fault("DateTimeFormatter.ofPattern('yyyy{')") == .thrown(type: "IllegalArgumentException", message: "Unknown pattern: yyyy{"))
    }

    /// Nothing overflows.
    @Test func spansHaveBounds() throws {
        for source in ["d.plus(9223372036854775807L, ChronoUnit.DAYS)", "d.plusYears(9223372036854775807L)", "ChronoUnit.NANOS.between(d.minusYears(100000), d)", "d.minus(9223372036854775807L, ChronoUnit.NANOS)", "Duration.ofDays(9223372036854775807L)"] {
            _ = try run(Self.date + source + "; 1")
        }
    }
}
