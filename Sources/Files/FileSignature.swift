/// What tells that a file is still the one that was read, without reading it again.
public struct FileSignature: Sendable, Hashable {
    /// In bytes.
    public let size: Int
    /// When its content last changed: nanoseconds since 1970.
    public let modified: Int64
    /// The same for all names of one file or directory.
    private let device, number: UInt

    /// Of a file or directory, or of what a link leads to; nil if there is nothing, or it cannot be looked at.
    public init?(of path: String) {
        guard let status = try? FileStatus(path, followingLinks: true) else { return nil }
        size = status.size
        modified = status.modifiedNanoseconds
        device = status.identity.device
        number = status.identity.number
    }

    /// Milliseconds since 1970.
    public var modifiedMilliseconds: Int { Int(modified / 1_000_000) }

    /// Whether both are of one file or directory, be it changed or not.
    public func isSameFile(as other: FileSignature) -> Bool { device == other.device && number == other.number }
}
