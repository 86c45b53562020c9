internal import Foundation

/// How far a long piece of work is: a bar that redraws itself on a terminal, a line now and then elsewhere.
final class ProgressReport {
    private static let secondsBetweenLines = 2.0
    private static let barWidth = 30

    private let unit: String
    private let isTerminal: Bool
    private let start = ContinuousClock.now
    private var lastLine: ContinuousClock.Instant?

    init(unit: String) {
        self.unit = unit
        isTerminal = isatty(STDERR_FILENO) == 1
    }

    func update(done: Int, total: Int) {
        let now = ContinuousClock.now
        if !isTerminal, done < total, let lastLine, lastLine.duration(to: now) < .seconds(Self.secondsBetweenLines) {
            return
        }
        lastLine = now
        let line = Self.line(done: done, total: total, unit: unit, elapsed: start.duration(to: now), withBar: isTerminal)
        FileHandle.standardError.write(Data((isTerminal ? "\r\u{1B}[K" + line : line + "\n").utf8))
    }

    /// Leaves the bar's line.
    func finish() {
        if isTerminal { FileHandle.standardError.write(Data("\n".utf8)) }
    }

    static func line(done: Int, total: Int, unit: String, elapsed: Duration, withBar: Bool) -> String {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        let share = total == 0 ? 1 : Double(done) / Double(total)
        let rate = seconds > 0 ? Double(done) / seconds : 0
        var line = "\(done)/\(total) \(unit)"
        if withBar {
            let filled = Int(share * Double(barWidth))
            line = "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: barWidth - filled) + "] " + line
        }
        line += String(format: "  %.1f %@/s", rate, unit)
        if done < total, rate > 0 { line += "  " + remaining(seconds: Double(total - done) / rate) + " left" }
        return line
    }

    private static func remaining(seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60 ? "\(whole) s" : whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
    }
}
