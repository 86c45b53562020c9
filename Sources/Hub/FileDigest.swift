internal import Crypto
internal import Files

/// What a file's content must hash to.
public enum FileDigest: Hashable, Sendable, CustomStringConvertible {
    /// SHA-256 of the content, in hexadecimal: what Git LFS calls large files.
    case sha256(String)
    /// SHA-1 of `blob <size>\0` and the content, in hexadecimal: what Git calls the others.
    case gitBlob(String)

    public var description: String {
        switch self {
        case .sha256(let hex): "SHA-256 \(hex)"
        case .gitBlob(let hex): "Git blob \(hex)"
        }
    }
}

/// The digest of content that comes piece by piece.
struct DigestComputation {
    private enum Hash {
        case sha256(SHA256)
        case gitBlob(Insecure.SHA1)
    }

    private static let blockSize = 1 << 20

    private var hash: Hash

    /// A computation of the same kind as `digest`.
    init(like digest: FileDigest, size: Int) {
        switch digest {
        case .sha256: hash = .sha256(SHA256())
        case .gitBlob:
            var sha1 = Insecure.SHA1()
            Array("blob \(size)\0".utf8).withUnsafeBytes { sha1.update(bufferPointer: $0) }
            hash = .gitBlob(sha1)
        }
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        switch hash {
        case .sha256(var sha256):
            sha256.update(bufferPointer: bytes)
            hash = .sha256(sha256)
        case .gitBlob(var sha1):
            sha1.update(bufferPointer: bytes)
            hash = .gitBlob(sha1)
        }
    }

    /// Reads a file from its beginning.
    ///
    /// - Returns: The number of bytes read.
    /// - Throws: `HubError.file`.
    mutating func update(contentsOf file: File) throws(HubError) -> Int {
        var block = [UInt8](repeating: 0, count: Self.blockSize), total = 0
        while true {
            let count = try HubError.wrapping(file.read(into: &block, at: total))
            if count == 0 { return total }
            block.withUnsafeBytes { update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            total += count
        }
    }

    func finish() -> FileDigest {
        switch hash {
        case .sha256(let sha256): .sha256(Self.hexadecimal(sha256.finalize()))
        case .gitBlob(let sha1): .gitBlob(Self.hexadecimal(sha1.finalize()))
        }
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
