internal import Files
internal import Foundation

/// What each kind of this process's threads has taken of the processor, by the kernel's books. Threads that have ended are not in them.
struct ThreadTimes: Sendable {
    /// Milliseconds, by a thread's name without its number.
    private(set) var milliseconds: [String: Double] = [:]

    static var now: ThreadTimes {
        var times = ThreadTimes()
        let root = "/proc/self/task"
        for thread in (try? Directory.names(in: root)) ?? [] {
            guard let name = text("\(root)/\(thread)/comm"), let books = text("\(root)/\(thread)/schedstat"),
                let nanoseconds = books.split(separator: " ").first.flatMap({ Double($0) })
            else { continue }
            times.milliseconds[kind(name), default: 0] += nanoseconds / 1e6
        }
        return times
    }

    static func - (now: ThreadTimes, before: ThreadTimes) -> ThreadTimes {
        var times = now
        for (name, spent) in before.milliseconds { times.milliseconds[name, default: 0] -= spent }
        return times
    }

    static func += (sum: inout ThreadTimes, other: ThreadTimes) { sum.milliseconds.merge(other.milliseconds, uniquingKeysWith: +) }

    private static func kind(_ name: String) -> String {
        let words = name.trimmingCharacters(in: .whitespacesAndNewlines).reversed().drop { "0123456789#-".contains($0) }
        return words.isEmpty ? "others" : String(words.reversed())
    }

    private static func text(_ path: String) -> String? { (try? File.contents(of: path)).map { String(decoding: $0, as: UTF8.self) } }
}
