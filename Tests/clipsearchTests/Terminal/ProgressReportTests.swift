import Testing

@testable import clipsearch

@Suite struct ProgressReportTests {
    @Test func plainLine() {
        let line = ProgressReport.line(done: 50, total: 200, unit: "images", elapsed: .seconds(2), withBar: false)
        #expect(line == "50/200 images  25.0 images/s  6 s left")
    }

    @Test func failuresAndTheLatestRateShow() {
        let line = ProgressReport.line(done: 150, failed: 3, total: 200, unit: "images", lately: 20, elapsed: .seconds(2), withBar: false)
        #expect(line == "150/200 images  10.0 images/s  3 failed  5 s left")
    }

    @Test func barFills() {
        let line = ProgressReport.line(done: 100, total: 200, unit: "images", elapsed: .seconds(4), withBar: true)
        #expect(line.hasPrefix("[" + String(repeating: "#", count: 15) + String(repeating: "-", count: 15) + "] 100/200"))
    }

    @Test func longTimesAreReadable() {
        let line = ProgressReport.line(done: 1, total: 100_001, unit: "images", elapsed: .seconds(1), withBar: false)
        #expect(line.hasSuffix("27 h 46 min left"))
    }

    @Test func nothingToDoIsDone() {
        #expect(ProgressReport.line(done: 0, total: 0, unit: "images", elapsed: .zero, withBar: false) == "0/0 images  0.0 images/s")
    }
}
