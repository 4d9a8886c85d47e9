// Reads the files of this folder with another implementation than Rasp's: npm install --no-save jose && node verify.mjs
// Or other files: node verify.mjs INTRODUCTION SEAL BUNDLE PRIVATE-KEY
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as jose from 'jose';

const [introductionFile, sealFile, bundleFile, keyFile] = process.argv.length > 2
  ? process.argv.slice(2) : ['powys-introduction.txt', 'powys-seal.txt', 'bundle-for-torfaen.txt', 'torfaen-key.json'];
const read = file => readFileSync(file, 'utf8').trim();
const hexadecimal = async key => Buffer.from(await jose.calculateJwkThumbprint(key), 'base64url').toString('hex');

/** What a file says, once its signature holds by the key that it brings; and that key. */
async function open(jws, type) {
  const header = jose.decodeProtectedHeader(jws);
  if (header.typ !== type || header.kid !== await jose.calculateJwkThumbprint(header.jwk)) throw new Error(`This is no ${type}.`);
  const { payload } = await jose.compactVerify(jws, await jose.importJWK(header.jwk, 'ES256'), { algorithms: ['ES256'] });
  return { said: JSON.parse(Buffer.from(payload).toString('utf8')), key: header.jwk };
}

const introduction = await open(read(introductionFile), 'rasp-introduction-1');
const key = await hexadecimal(introduction.key);
if (key !== await hexadecimal(introduction.said.signingKey)) throw new Error('The introduction is signed by another key than it holds.');

const seal = await open(read(sealFile), 'rasp-exchanged-seal-1');
if (key !== await hexadecimal(seal.key)) throw new Error('The seal is signed by another key than was introduced.');

const { plaintext } = await jose.compactDecrypt(
  read(bundleFile), await jose.importJWK(JSON.parse(read(keyFile)), 'ECDH-ES+A256KW'),
  { keyManagementAlgorithms: ['ECDH-ES+A256KW'], contentEncryptionAlgorithms: ['A256GCM'] });
const bundle = await open(Buffer.from(plaintext).toString('ascii'), 'rasp-bundle-1');
if (key !== await hexadecimal(bundle.key)) throw new Error('The bundle is signed by another key than was introduced.');

const { organisation, recipient, recipientKey, depth, salt, document } = bundle.said;
const commitment = createHash('sha256').update(Buffer.from(salt, 'hex')).update(document, 'utf8').digest('hex');
if (commitment !== seal.said.commitments[depth]) throw new Error('The bundle is not what was sealed.');

const answers = Object.fromEntries((JSON.parse(document).answers ?? []).map(a => [a.question, a.answer]));
console.log(JSON.stringify({ organisation, recipient, key, recipientKey, depth, commitments: seal.said.commitments, commitment, answers }, null, 2));
