internal import CStemmer
internal import Synchronization

/// An algorithm of the Snowball project.
///
/// Source: https://snowballstem.org/algorithms/
final class SnowballStemmer: Sendable {
    let algorithm: String
    /// Stemmers that nobody uses at the moment: each serves one thread at a time.
    private let idle = Mutex<[Handle]>([])

    /// One stemmer of the library, handed from thread to thread under the lock.
    private struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// Nil if there is no such algorithm.
    init?(_ algorithm: String) {
        self.algorithm = algorithm
        guard let first = cstemmer_new(algorithm) else { return nil }
        idle.withLock { $0.append(Handle(pointer: first)) }
    }

    deinit {
        idle.withLock { handles in
            for handle in handles { cstemmer_delete(handle.pointer) }
        }
    }

    /// Stems words in place; a word that cannot be stemmed stays.
    func stem(_ tokens: inout [Token]) {
        guard let handle = idle.withLock({ $0.popLast() }) ?? cstemmer_new(algorithm).map(Handle.init) else { return }
        for index in tokens.indices where !tokens[index].isKeyword {
            if let stem = stem(tokens[index].term, handle.pointer) { tokens[index].term = stem }
        }
        idle.withLock { $0.append(handle) }
    }

    private func stem(_ term: String, _ pointer: OpaquePointer) -> String? {
        var term = term
        return term.withUTF8 { bytes in
            guard let size = Int32(exactly: bytes.count) else { return nil }
            var length: Int32 = 0
            guard let stem = cstemmer_stem(pointer, bytes.baseAddress, size, &length), length >= 0 else { return nil }
            return String(decoding: UnsafeBufferPointer(start: stem, count: Int(length)), as: UTF8.self)
        }
    }
}

/// Stems with Snowball.
struct SnowballFilter: TokenFilter {
    let stemmer: SnowballStemmer

    func apply(to stream: inout TokenStream) {
        stemmer.stem(&stream.tokens)
    }
}
