internal import Foundation

/// How far a long piece of work is: a bar that redraws itself on a terminal, a line now and then elsewhere.
final class ProgressReport {
    private static let secondsBetweenLines = 2.0
    private static let barWidth = 30
    /// The rate is of this time: what was passed over quickly at the beginning says nothing of the rest.
    private static let window = Duration.seconds(20)

    private let unit: String
    private let isTerminal: Bool
    private var recent: [(time: ContinuousClock.Instant, done: Int)]
    private var lastLine: ContinuousClock.Instant?

    init(unit: String) {
        self.unit = unit
        isTerminal = isatty(STDERR_FILENO) == 1
        recent = [(.now, 0)]
    }

    func update(done: Int, failed: Int = 0, total: Int) {
        let now = ContinuousClock.now
        if !isTerminal, done < total, let lastLine, lastLine.duration(to: now) < .seconds(Self.secondsBetweenLines) {
            return
        }
        lastLine = now
        while recent.count > 1, recent[0].time.duration(to: now) > Self.window { recent.removeFirst() }
        let elapsed = recent[0].time.duration(to: now)
        let line = Self.line(
            done: done, failed: failed, total: total, unit: unit, lately: done - recent[0].done, elapsed: elapsed, withBar: isTerminal)
        recent.append((now, done))
        FileHandle.standardError.write(Data((isTerminal ? "\r\u{1B}[K" + line : line + "\n").utf8))
    }

    /// Leaves the bar's line.
    func finish() {
        if isTerminal { FileHandle.standardError.write(Data("\n".utf8)) }
    }

    /// - Parameter lately: how much of it was done in the `elapsed` time; nil: all.
    static func line(
        done: Int, failed: Int = 0, total: Int, unit: String, lately: Int? = nil, elapsed: Duration, withBar: Bool
    ) -> String {
        let seconds = elapsed / .seconds(1)
        let share = total == 0 ? 1 : Double(done) / Double(total)
        let rate = seconds > 0 ? Double(lately ?? done) / seconds : 0
        var line = "\(done)/\(total) \(unit)"
        if withBar {
            let filled = Int(share * Double(barWidth))
            line = "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: barWidth - filled) + "] " + line
        }
        line += String(format: "  %.1f %@/s", rate, unit)
        if failed > 0 { line += "  \(failed) failed" }
        if done < total, rate > 0 { line += "  " + remaining(seconds: Double(total - done) / rate) + " left" }
        return line
    }

    private static func remaining(seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9).rounded(.up))
        return whole < 60 ? "\(whole) s" : whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
    }
}
