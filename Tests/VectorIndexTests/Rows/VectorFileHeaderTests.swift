import Foundation
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct VectorFileHeaderTests {
    let directory = TemporaryDirectory()

    /// A file of `Tests/Fixtures/vectors`, as the program of its time wrote it, put where an index has it.
    private func open(_ fixture: String, _ configuration: VectorIndexConfiguration) throws -> RawVectors {
        let folder = Repository.fixtures + "/vectors"
        let path = directory.path + "/" + RawVectors.fileName(configuration.elementType)
        try write(try contents(of: folder + "/" + fixture), to: path)
        return try RawVectors(directory: directory.path, configuration: configuration)
    }

    @Test func version1() throws {
        let vectors = try open("version-1.f32", VectorIndexConfiguration(dimensions: 4, metric: .cosine))
        for ordinal in 0..<3 as Range<UInt32> {
            let vector = try #require(try vectors.vector(at: ordinal))
            #expect(zip(vector, [Float(ordinal) + 1, 2, 3, 4]).allSatisfy { abs($0 - $1) < 1e-5 })
        }
        // It is written on in its own version.
        try vectors.append([(3, [4, 2, 3, 4])])
        let again = try RawVectors(
            directory: directory.path, configuration: VectorIndexConfiguration(dimensions: 4, metric: .cosine))
        #expect(try again.vector(at: 3) != nil && again.vector(at: 0) != nil)
    }

    @Test(arguments: [("version-2.f32", ElementType.float), ("version-2.bf16", .bfloat16), ("version-2.s8", .byte)])
    func version2(file: String, type: ElementType) throws {
        let vectors = try open(file, VectorIndexConfiguration(dimensions: 4, metric: .cosine, elementType: type))
        for ordinal in 0..<3 as Range<UInt32> {
            let vector = try #require(try vectors.vector(at: ordinal))
            #expect(zip(vector, [Float(ordinal) + 1, 2, 3, 4]).allSatisfy { abs($0 - $1) < 1e-5 })
        }
    }

    @Test func version2OfBits() throws {
        let configuration = try VectorIndexConfiguration(dimensions: 16, metric: .euclidean, elementType: .bit)
        let vectors = try open("version-2.b1", configuration)
        #expect(try vectors.vector(at: 0) == [-1, 0] && vectors.vector(at: 1) == [85, -86])
    }

    @Test func anotherConfigurationIsRefused() throws {
        let written = try VectorIndexConfiguration(dimensions: 4, metric: .cosine)
        _ = try open("version-1.f32", written)
        let path = directory.path + "/vectors.f32"
        for other in [
            try VectorIndexConfiguration(dimensions: 5, metric: .cosine),
            try VectorIndexConfiguration(dimensions: 4, metric: .euclidean),
        ] {
            #expect(throws: VectorIndexError.configurationMismatch(path: path)) {
                try RawVectors(directory: directory.path, configuration: other)
            }
        }
        // A file of floats under a name of bytes.
        let bytes = try VectorIndexConfiguration(dimensions: 4, metric: .cosine, elementType: .byte)
        #expect(throws: VectorIndexError.configurationMismatch(path: directory.path + "/vectors.s8")) {
            try open("version-2.f32", bytes)
        }
        // Rows of these are as long as those of floats: version 1 does not say which they are.
        let halves = try VectorIndexConfiguration(dimensions: 4, metric: .cosine, elementType: .bfloat16)
        for file in ["version-1.f32", "version-2.f32"] {
            #expect(throws: VectorIndexError.configurationMismatch(path: directory.path + "/vectors.bf16")) {
                try open(file, halves)
            }
        }
    }

    @Test func aNewerVersionIsNamed() throws {
        _ = try open("version-2.f32", VectorIndexConfiguration(dimensions: 4, metric: .cosine))
        let path = directory.path + "/vectors.f32"
        var bytes = try contents(of: path)
        bytes[8] = 3
        try write(bytes, to: path)
        #expect(throws: VectorIndexError.unsupportedVersion(path: path, version: 3)) {
            try RawVectors(
                directory: directory.path, configuration: VectorIndexConfiguration(dimensions: 4, metric: .cosine))
        }
    }

    @Test(arguments: [
        (ElementType.float, 384, 1600), (.bfloat16, 384, 832), (.byte, 384, 392), (.bit, 384, 56), (.bit, 8, 16),
    ])
    func rowsHaveTheElementsSize(type: ElementType, dimensions: Int, bytes: Int) throws {
        let configuration = try VectorIndexConfiguration(dimensions: dimensions, metric: .euclidean, elementType: type)
        #expect(VectorFileHeader(configuration).rowBytes == bytes)
    }
}
