internal import Crypto

/// What names a picture that is kept: the SHA-256 of its bytes, in 64 lowercase hexadecimal digits.
///
/// It is part of a file's path, so nothing else ever becomes one.
public struct PictureHash: Sendable, Equatable {
    public let text: String

    /// - Returns: nil for anything but 64 such digits.
    public init?(_ text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ Self.digits.contains($0) }) else { return nil }
        self.text = text
    }

    /// - Complexity: O(bytes).
    public init(of bytes: [UInt8]) {
        text = String(decoding: SHA256.hash(data: bytes).flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
