internal import Foundation

/// The time as pipelines write it.
enum IngestClock {
    static var now: String {
        Date().formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
    }
}
