import Glibc
import Ordinals
import TestSupport
import VectorKernels

@testable import VectorIndex

/// Removed with all it holds when the last reference goes.
final class TemporaryDirectory: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/clipsearch-vectors-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    deinit {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                unlink(path + "/" + name)
            }
            closedir(directory)
        }
        rmdir(path)
    }
}

extension SeededGenerator {
    mutating func vector(_ dimensions: Int) -> [Float] {
        (0..<dimensions).map { _ in Float.random(in: -1...1, using: &self) }
    }

    mutating func vectors(_ count: Int, _ dimensions: Int) -> [[Float]] {
        (0..<count).map { _ in vector(dimensions) }
    }
}

extension VectorIndex {
    /// An index that holds `vectors` at ordinals from 0.
    static func holding(
        _ vectors: [[Float]], in directory: TemporaryDirectory, metric: Metric = .cosine,
        kind: VectorIndexConfiguration.Kind = .hnsw(m: 16, efConstruction: 100), threads: Int = 2
    ) throws -> VectorIndex {
        let index = try VectorIndex(
            directory: directory.path,
            configuration: VectorIndexConfiguration(dimensions: vectors[0].count, metric: metric, kind: kind))
        try index.append(vectors.enumerated().map { (UInt32($0), $1) })
        try index.insert(Array(0..<UInt32(vectors.count)), threads: threads)
        return index
    }
}

/// The nearest by the definition, in double precision: what every search is held against.
struct BruteForce {
    let metric: Metric
    var vectors: [UInt32: [Float]] = [:]

    init(_ metric: Metric, _ vectors: [[Float]] = []) {
        self.metric = metric
        for (ordinal, vector) in vectors.enumerated() { self.vectors[UInt32(ordinal)] = vector }
    }

    func raw(_ a: [Float], _ b: [Float]) -> Double {
        var dot = 0.0, squaredA = 0.0, squaredB = 0.0, squaredDistance = 0.0
        for index in a.indices {
            let x = Double(a[index]), y = Double(b[index])
            dot += x * y
            squaredA += x * x
            squaredB += y * y
            squaredDistance += (x - y) * (x - y)
        }
        return switch metric {
        case .cosine: dot / (squaredA * squaredB).squareRoot()
        case .dotProduct, .maximumInnerProduct: dot
        case .euclidean: squaredDistance.squareRoot()
        }
    }

    func search(_ query: [Float], k: Int, accepting: OrdinalSet) -> [(ordinal: UInt32, raw: Double)] {
        let sign = metric == .euclidean ? 1.0 : -1.0
        return vectors.filter { accepting.contains($0.key) }
            .map { (ordinal: $0.key, raw: raw(query, $0.value)) }
            .sorted { (sign * $0.raw, $0.ordinal) < (sign * $1.raw, $1.ordinal) }
            .prefix(k).map { $0 }
    }
}

/// Share of the exact answer's hits that the search found, over all queries.
func recall(
    _ index: VectorIndex, _ queries: [[Float]], k: Int, candidates: Int, accepting: OrdinalSet
) throws -> Double {
    var found = 0, wanted = 0
    for query in queries {
        let exact = try index.exactSearch(query, k: k, among: accepting).hits
        let hits = try index.search(query, k: k, candidates: candidates, accepting: accepting).hits
        found += Set(hits.map(\.ordinal)).intersection(exact.map(\.ordinal)).count
        wanted += exact.count
    }
    return wanted == 0 ? 1 : Double(found) / Double(wanted)
}

/// Runs the body on `workers` threads at once, each with its number.
func concurrently(_ workers: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let threads = (0..<workers).map { worker in
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work { body(worker) })
        pthread_create(&thread, nil, { pointer in
            if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
            return nil
        }, work.toOpaque())
        return thread
    }
    for thread in threads { pthread_join(thread, nil) }
}

private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

extension VectorIndexConfiguration {
    static func unit(_ vector: [Float]) -> [Float] {
        unit(vector, magnitude: VectorKernels.best.magnitude(vector))
    }
}
