// Linear algebra of small symmetric matrices, stored as arrays of rows.

/** @typedef {ArrayLike<number>} Vector */

/**
 * Eigenvalues in ascending order, and a unit eigenvector of each.
 *
 * @typedef {{ values: number[], vectors: number[][] }} Eigen
 */

/**
 * Solve A x = b for a symmetric positive definite A (Cholesky).
 *
 * @param {Vector[]} A
 * @param {Vector} b
 */
export function solve(A, b) {
  const n = b.length;
  const L = cholesky(A);
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= L[i][k] * x[k];
    x[i] /= L[i][i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= L[k][i] * x[k];
    x[i] /= L[i][i];
  }
  return x;
}

/**
 * The lower triangle L of A = L L'; above the diagonal the entries of A remain.
 *
 * @param {Vector[]} A
 */
function cholesky(A) {
  const n = A.length;
  const L = A.map((row) => Float64Array.from(row));
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) {
      for (let i = j; i < n; i++) L[i][j] -= L[i][k] * L[j][k];
    }
    const root = Math.sqrt(L[j][j]);
    for (let i = j; i < n; i++) L[i][j] /= root;
  }
  return L;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix (Jacobi's rotations).
 *
 * @param {Vector[]} A
 * @returns {Eigen}
 */
export function eigen(A) {
  const n = A.length;
  const M = A.map((row) => Float64Array.from(row));
  const V = identity(n);
  for (let sweep = 0; sweep < 30; sweep++) {
    let offDiagonal = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        offDiagonal += M[p][q] ** 2;
        rotate(M, V, p, q);
      }
    }
    if (offDiagonal < 1e-24) break;
  }
  const order = M.map((_, i) => i).sort((i, j) => M[i][i] - M[j][j]);
  return { values: order.map((i) => M[i][i]), vectors: order.map((i) => V.map((row) => row[i])) };
}

/** @param {number} n */
export function identity(n) {
  const column = Array.from({ length: n }, (_, i) => i);
  return column.map((i) => Float64Array.from(column, (j) => Number(i === j)));
}

/**
 * One rotation, which makes M[p][q] zero.
 *
 * @param {Float64Array[]} M
 * @param {Float64Array[]} V
 * @param {number} p
 * @param {number} q
 */
function rotate(M, V, p, q) {
  if (M[p][q] === 0) return;
  const half = (M[q][q] - M[p][p]) / (2 * M[p][q]);
  const t = (half >= 0 ? 1 : -1) / (Math.abs(half) + Math.hypot(half, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of [...M, ...V]) {
    const [a, b] = [row[p], row[q]];
    row[p] = c * a - s * b;
    row[q] = s * a + c * b;
  }
  for (let k = 0; k < M.length; k++) {
    const [a, b] = [M[p][k], M[q][k]];
    M[p][k] = c * a - s * b;
    M[q][k] = s * a + c * b;
  }
}

/**
 * @param {Vector} a
 * @param {Vector} b
 */
export function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
